/* Hands every page what makes and takes away the copy for offline: loaded when it is asked for, or there is one. */

import "../offline/copy.js";
