/* Begins the page that lists the checklists, and the one that lists the assessments of this browser. */

import "../site/every_page.js";
import "../assessment/open_file.js";
import "../assessment/share_file.js";
import "../assessment/my_assessments.js";
import "../assessment/index_progress.js";
import { openBar } from "../assessment/assessment_bar.js";

openBar();
