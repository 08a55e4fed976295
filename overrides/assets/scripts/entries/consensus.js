/* Begins the page on which areas that answered apart agree. */

import "../site/every_page.js";
import "../assessment/open_file.js";
import "../assessment/share_file.js";
import "../group/consensus_page.js";
import { openBar } from "../assessment/assessment_bar.js";
import { followPath } from "../assessment/path_state.js";

openBar();
followPath();
