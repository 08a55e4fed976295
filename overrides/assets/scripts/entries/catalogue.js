/* Begins the pages of the catalogues: the directory of networks and the bank of practices. */

import "../site/every_page.js";
import "../site/catalogue.js";
