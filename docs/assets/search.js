// Tells the search worker to fetch its index once the search field is used, before the first word is typed; and on
// file://, where browsers allow no workers, runs the worker's script in the page instead. Runs before the theme.

document.addEventListener("focusin", function warm({ target }) {
  if (!target.matches("[data-md-component=search-query]")) return;
  document.removeEventListener("focusin", warm);
  if (location.protocol !== "file:") new BroadcastChannel("search").postMessage("focus");
});

if (location.protocol === "file:") {
  self.Worker = function (address) {
    const { port1, port2 } = new MessageChannel();
    self.searchPort = port2;
    document.head.append(Object.assign(document.createElement("script"), { src: address }));
    port1.start();
    return port1;
  };
}
