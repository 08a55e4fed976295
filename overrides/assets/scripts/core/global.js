/* The one global name of the site: data scripts write to it and call it, tests look at it. */

/** @type {SiteGlobal} */
export const abc = (window.abc ??= {});
