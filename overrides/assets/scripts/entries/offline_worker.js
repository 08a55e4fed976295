/* Begins the service worker that answers from the copy for offline. */

import "../offline/worker.js";
