/* Begins the search: loaded when somebody first asks for it. */

import "../site/search.js";
