/* Begins the glossary. */

import "../site/every_page.js";
import "../site/glossary_filter.js";
