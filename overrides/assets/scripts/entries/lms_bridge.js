/* Begins the shell of a package for a learning platform. */

import "../lms/bridge.js";
