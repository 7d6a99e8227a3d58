// Answers the theme's search in place of the theme's own worker, which looks up whole words and has to cut Chinese
// into them. Here a query is looked up by its runs of two to six characters, so that any part of a word finds it.
// Text and query are folded alike first: Traditional to Simplified, full width to half, upper case to lower.
// It starts when the search field is first used (assets/search.js), and fetches the index; on file:// that comes with the
// theme's first message.

const Message = { SETUP: 0, READY: 1, QUERY: 2, RESULT: 3 };
const LONGEST_GRAM = 6;
const LONGEST_QUERY = 48;
const PAGES = 30;
const SECTIONS = 4;
const WEIGHT = { title: 2.2, whole: 3, context: 0.3, corrected: 0.8, meant: 0.7 };
const TOKEN = /第[零一二三四五六七八九十百千]+条(?:之[一二三四五六])?|[a-z0-9][a-z0-9./%]*|[㐀-鿿]+?(?=第[零一二三四五六七八九十百千]+条|[^㐀-鿿]|$)/g;
const LATIN = /[a-z0-9]/;
const ARTICLE = /^第.+条/;
// Words of a question that say nothing of what it is about.
const ASKING = /怎么办|怎么|怎样|如何|什么|多少|是不是|能不能|可不可以|可以|不能|应该|以后|之后|时候|请问|吗|呢|吧|啊|了$/;
const MARKS = /[^a-z0-9㐀-鿿]+/g;

class Index {
  constructor({ config, docs }) {
    const fold = [...(config.fold ?? "")];
    this.simplified = new Map(fold.flatMap((char, at) => (at % 2 ? [] : [[char, fold[at + 1]]])));
    this.folding = new RegExp(`[！-～${[...this.simplified.keys()].join("")}]`, "g");
    this.postings = new Map();
    this.spoken = Object.entries(config.spoken ?? {});
    const pages = new Map();
    this.sections = docs.map((doc, at) => {
      const page = doc.location.split("#")[0];
      if (!pages.has(page)) pages.set(page, at);
      const name = this.fold(doc.title);
      return { ...doc, page: pages.get(page), name, bare: name.replace(MARKS, ""), folded: this.fold(doc.text) };
    });
    this.mean = docs.reduce((sum, { text }) => sum + text.length, 0) / docs.length;
  }

  // One character for one, so that places found in folded text are places in the text itself.
  fold(text) {
    const lower = text.toLowerCase();
    return (lower.length === text.length ? lower : text).replace(
      this.folding,
      (char) => this.simplified.get(char) ?? String.fromCharCode(char.charCodeAt(0) - 0xfee0),
    );
  }

  // Sections that hold a gram: section number → [is it in the title, how often in the text].
  holding(gram) {
    const known = this.postings.get(gram);
    if (known) return known;
    if (this.postings.size > 5000) this.postings.clear();
    const found = new Map();
    const among = gram.length > 2 && !LATIN.test(gram[0]) ? this.holding(gram.slice(0, -1)).keys() : this.sections.keys();
    for (const at of among) {
      const { bare, folded } = this.sections[at];
      const title = count(bare, gram) > 0;
      const times = count(folded, gram);
      if (title || times) found.set(at, [title, times]);
    }
    this.postings.set(gram, found);
    return found;
  }

  // The grams of a query with the weight of each.
  grams(query) {
    const grams = new Map();
    const add = (token, weight) => {
      for (const gram of cut(token)) grams.set(gram, Math.max(weight, grams.get(gram) ?? 0));
    };
    const folded = articles(this.fold(query)).slice(0, LONGEST_QUERY);
    for (const run of folded.match(TOKEN) ?? []) {
      const about = ARTICLE.test(run) || run.length < 5 ? [run] : run.split(ASKING).filter(Boolean);
      for (const token of about.length ? about : [run]) {
        if (token.length > 1 || about.length === 1) add(token, 1);
        if (/^\d{1,4}$/.test(token)) add(article(Number(token)), 1);
        const corrected = this.corrected(token);
        if (corrected) add(corrected, WEIGHT.corrected);
      }
    }
    for (const [word, meant] of this.spoken) if (folded.includes(word)) for (const term of meant) add(term, WEIGHT.meant);
    return grams;
  }

  // What a run was probably meant to be, when one character of it is wrong: the commonest text that differs in one.
  corrected(run) {
    if (!/^[㐀-鿿]{4,8}$/.test(run) || this.holding(run).size) return null;
    const times = new Map();
    for (let wrong = 0; wrong < run.length; wrong++) {
      const [before, after] = [run.slice(0, wrong), run.slice(wrong + 1)];
      const pattern = new RegExp(`${before}[㐀-鿿]${after}`, "g");
      for (const at of this.holding(before.length > after.length ? before : after).keys()) {
        const { bare, folded } = this.sections[at];
        for (const [text] of `${bare} ${folded}`.matchAll(pattern)) times.set(text, (times.get(text) ?? 0) + 1);
      }
    }
    return [...times].sort(([, a], [, b]) => b - a)[0]?.[0];
  }

  search(query) {
    const grams = this.grams(query);
    const scores = new Float64Array(this.sections.length);
    const matched = new Map();
    for (const [gram, weight] of grams) {
      const holding = this.holding(gram);
      const rarity = weight * Math.log(1 + (this.sections.length - holding.size + 0.5) / (holding.size + 0.5));
      for (const [at, [title, times]] of holding) {
        const { bare, folded } = this.sections[at];
        const often = times / (times + 0.4 + (0.8 * folded.length) / this.mean);
        scores[at] += rarity * (often + (title ? named(gram, bare) : 0));
        if (!matched.has(at)) matched.set(at, []);
        matched.get(at).push(gram);
      }
    }
    // What the page is about counts for its sections, and for an article that is named in full: 民法典 for 第一百八十八条.
    const own = scores.slice();
    for (const at of matched.keys()) {
      const { page, bare } = this.sections[at];
      if (page !== at) scores[at] += own[page] * (ARTICLE.test(bare) && grams.has(bare) ? 1 : WEIGHT.context);
    }
    const all = articles(this.fold(query)).replace(MARKS, "");
    const pages = new Map();
    for (const [at, terms] of matched) {
      const { bare, page } = this.sections[at];
      if (all.length > 1 && bare.includes(all)) scores[at] *= 1 + (WEIGHT.whole * all.length) / bare.length;
      if (!pages.has(page)) pages.set(page, []);
      pages.get(page).push({ at, terms, score: scores[at] });
    }
    const groups = [...pages.values()].map((found) => found.sort((a, b) => b.score - a.score));
    return groups.sort(([a], [b]) => b.score - a.score).slice(0, PAGES).map((found) => this.item(found));
  }

  // One page's result as the theme draws it: its best section, others folded away, and the page itself.
  item(found) {
    const shown = found.slice(0, SECTIONS).map(({ at, terms, score }) => this.hit(at, longest(terms), score));
    const { page } = this.sections[found[0].at];
    if (!shown.some(({ location }) => !location.includes("#"))) shown.push(this.hit(page, [], 0));
    return shown;
  }

  hit(at, terms, score) {
    const { location, title, text, name, folded } = this.sections[at];
    const place = terms.length ? Math.max(folded.indexOf(terms[0]), 0) : 0;
    const from = Math.max(0, place - 30);
    return {
      location,
      score,
      title: marked(title, name, terms),
      text: (from ? "…" : "") + marked(text.slice(from, from + 140), folded.slice(from, from + 140), terms),
      terms: Object.fromEntries(terms.map((term) => [term, true])),
    };
  }
}

// The text as HTML, with the terms marked that its folded form holds; longer terms come first.
function marked(text, folded, terms) {
  let html = "";
  let end = 0;
  for (let at = 0; at < folded.length; at++) {
    const term = terms.find((one) => folded.startsWith(one, at));
    if (!term) continue;
    html += `${escaped(text.slice(end, at))}<mark>${escaped(text.slice(at, at + term.length))}</mark>`;
    end = at + term.length;
    at = end - 1;
  }
  return html + escaped(text.slice(end));
}

const escaped = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

// How often a text holds a gram. Latin letters and digits count from the start of a word: M1 is not in FM1, nor 5 in 15.
function count(text, gram) {
  const latin = LATIN.test(gram[0]);
  let times = 0;
  for (let at = text.indexOf(gram); at >= 0; at = text.indexOf(gram, at + gram.length))
    if (!latin || whole(text, gram, at)) times++;
  return times;
}

function whole(text, gram, at) {
  const [before, after] = [text[at - 1] ?? "", text[at + gram.length] ?? ""];
  return !LATIN.test(before) && !(/\d$/.test(gram) && /\d/.test(after));
}

// A title counts more, the more of it the gram is.
const named = (gram, title) => WEIGHT.title * (0.4 + (0.6 * gram.length) / title.length);

function cut(token) {
  if (token.length < 3 || !/^[㐀-鿿]/.test(token) || ARTICLE.test(token)) return [token];
  const grams = [];
  for (let length = 2; length <= Math.min(LONGEST_GRAM, token.length); length++)
    for (let at = 0; at + length <= token.length; at++) grams.push(token.slice(at, at + length));
  return grams;
}

// Of the grams that a section holds, those that are not part of a longer one.
function longest(grams) {
  const kept = [];
  for (const gram of [...grams].sort((a, b) => b.length - a.length))
    if (!kept.some((longer) => longer.includes(gram))) kept.push(gram);
  return kept.slice(0, 8);
}

// 第188条 and 188条 as the headings write it: 第一百八十八条.
const articles = (query) => query.replace(/第?\s*(\d{1,4})\s*条/g, (_, number) => article(Number(number)));

function article(number) {
  const [digits, units] = ["零一二三四五六七八九", ["", "十", "百", "千"]];
  const written = [...String(number)].map((digit, at, all) => (digit === "0" ? "零" : digits[digit] + units[all.length - 1 - at]));
  return `第${written.join("").replace(/零+/g, "零").replace(/(.)零$/, "$1").replace(/^一十/, "十")}条`;
}

// On file:// there are no workers: assets/search.js leaves a port here instead.
const port = self.searchPort ?? self;
let loading;

function load() {
  loading ??= fetch(new URL("../search/sections.json", self.location.href))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`search index: ${answer.status}`))))
    .then((data) => new Index(data))
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

async function results(query) {
  if (!query.trim()) return { items: [] };
  try {
    return { items: (await load()).search(query) };
  } catch (error) {
    console.warn(error);
    return { items: [] };
  }
}

port.onmessage = async ({ data: { type, data } }) => {
  if (type === Message.SETUP) {
    if (data.docs.length) loading = Promise.resolve(new Index(data));
    else load().catch(() => {});
    port.postMessage({ type: Message.READY });
  }
  if (type === Message.QUERY) port.postMessage({ type: Message.RESULT, data: await results(data) });
};
