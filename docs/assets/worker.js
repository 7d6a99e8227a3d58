/* Search in a site opened from a folder: no browser starts a worker from file://, so the worker's script runs in a hidden
   frame. Only a build with OFFLINE=true loads this (hooks/offline.py). */
(() => {
  if (location.protocol !== "file:") return

  class FrameWorker extends EventTarget {
    constructor(address) {
      super()
      const frame = Object.assign(document.createElement("iframe"), { hidden: true })
      document.body.append(frame)
      this.inside = frame.contentWindow
      // What the script says is heard here, and what it imports is fetched one after the other.
      this.inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
      this.inside.importScripts = async (...addresses) => { for (const each of addresses) await this.load(each) }
      this.loaded = this.load(address)
    }

    load(address) {
      const { document } = this.inside
      return new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: address })
        script.addEventListener("load", resolve)
        script.addEventListener("error", () => reject(new Error(`没有取到 ${address}`)))
        document.head.append(script)
      })
    }

    async postMessage(data) {
      await this.loaded
      this.inside.dispatchEvent(new MessageEvent("message", { data }))
    }
  }

  // The second name tells Material's worker that it runs in a frame.
  window.Worker = window.IFrameWorker = FrameWorker
})()
