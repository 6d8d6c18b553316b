import { openInstallation } from "../testing/open-installation";
import { openOtherSite } from "../testing/other-site";
import { test } from "./test";

/** Opens the installation and another company's site for the tests of a file, and closes both after them. */
export async function openFormScene() {
  const installation = openInstallation();
  const site = await openOtherSite();
  test.afterAll(async () => {
    site.close();
    await installation.db.close();
  });
  return { installation, site };
}
