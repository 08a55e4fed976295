/* Begins every page that has no script of its own. */

import "../site/every_page.js";
