/* Begins the page of the register of agreements. */

import "../site/every_page.js";
import { RegisterPage } from "../register/register_page.js";

new RegisterPage().open();
