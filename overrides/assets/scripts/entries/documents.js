/* Begins the page that makes papers. */

import "../site/every_page.js";
import "../assessment/open_file.js";
import "../assessment/share_file.js";
import "../assessment/documents_page.js";
import { openBar } from "../assessment/assessment_bar.js";

openBar();
