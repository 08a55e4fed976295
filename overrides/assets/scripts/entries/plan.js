/* Begins the page of the plan. */

import "../site/every_page.js";
import "../assessment/open_file.js";
import "../assessment/share_file.js";
import "../assessment/plan_page.js";
import { openBar } from "../assessment/assessment_bar.js";

openBar();
