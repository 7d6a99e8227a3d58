// Starts the search worker when the search field is first used, and keeps for it what the theme has said till then.
// On file://, where browsers allow no workers, the worker's script runs in the page instead. Runs before the theme.
{
  const Started = self.Worker;
  const used = ({ target }) => target?.matches("[data-md-component=search-query]");

  self.Worker = function (address) {
    const { port1: theme, port2: answers } = new MessageChannel();
    // Relative to the page that was opened, which may not be the page the search is used on.
    const script = new URL(address, location.href);

    function start() {
      if (location.protocol === "file:") {
        self.searchPort = answers;
        document.head.append(Object.assign(document.createElement("script"), { src: script }));
        return;
      }
      const worker = new Started(script);
      worker.onmessage = ({ data }) => answers.postMessage(data);
      answers.onmessage = ({ data }) => worker.postMessage(data);
    }

    if (used({ target: document.activeElement })) start();
    else
      document.addEventListener("focusin", function first(event) {
        if (!used(event)) return;
        document.removeEventListener("focusin", first);
        start();
      });
    theme.start();
    return theme;
  };
}
