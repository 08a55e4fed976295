/* Where this browser keeps things: its own storage, or, where it lends none, the page's memory. */
(function (abc) {
  "use strict";

  /** A storage that lasts as long as the page. */
  function memoryStorage() {
    const kept = new Map();
    return {
      keys: () => Array.from(kept.keys()),
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }

  function browserStorage() {
    const storage = window.localStorage;
    // Some browsers lend the object and refuse its use.
    storage.getItem("abc.current");
    return {
      keys: () => Object.keys(storage),
      getItem: (key) => storage.getItem(key),
      setItem: (key, value) => storage.setItem(key, value),
      removeItem: (key) => storage.removeItem(key),
    };
  }

  /**
   * The storage there is, and whether the browser denied its own.
   *
   * `setItem` of the browser's own throws when it is full.
   */
  abc.openStorage = function () {
    try {
      return { storage: browserStorage(), denied: false };
    } catch {
      return { storage: memoryStorage(), denied: true };
    }
  };
})((window.abc = window.abc || {}));
