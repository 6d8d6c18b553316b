import { openInstallation } from "../../testing/open-installation";
import { openOtherSite } from "../../testing/other-site";
import { test } from "../platform/test";

/** Opens the installation and another company's site for the tests in a file, and closes both afterwards. */
export async function openFormScene() {
  const installation = openInstallation();
  const site = await openOtherSite();
  test.afterAll(async () => {
    site.close();
    await installation.db.close();
  });
  return { installation, site };
}
