/* Names the one global of the site: data scripts write to it and call it, tests look at it. */

/** @type {SiteGlobal} */
export const abc = (window.abc ??= {});

const page = document.documentElement.classList;
// The pages inside a package have the class; those of the site that it frames are asked for with `?embed&lms`.
if (new URLSearchParams(location.search).has("lms")) page.add("lms");

/** Whether the page stands in a package for a learning platform. */
export const isInPlatform = page.contains("lms");
