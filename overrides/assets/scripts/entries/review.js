/* Begins the page of a reviewer. */

import "../site/every_page.js";
import { ReviewPage } from "../review/review_page.js";

new ReviewPage().open();
