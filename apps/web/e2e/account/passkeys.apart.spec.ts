import { expect, type Page } from "@playwright/test";
import { makeEmpty } from "../../testing/make-empty";
import { makeMember } from "../../testing/make-caller";
import { fillSignIn, signInAs } from "../platform/demo";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";
import { looksIn, openPage, openSignInSteps, saveCodes, setUpAuthenticator } from "./sign-in-steps";
import { type Words, words } from "./words";

const { installation, introduce, forgetProof, pool } = openSignInSteps();
test.afterAll(() => installation.db.close());

/** Gives the browser a device that makes passkeys and confirms every request, as after a fingerprint. */
async function addDevice(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function addPasskey(page: Page, name: string, say: Words) {
  await page.getByRole("textbox", { name: say.passkeyName, exact: true }).fill(name);
  await page.getByRole("button", { name: say.addPasskey }).click();
}

async function signOut(page: Page, say: Words) {
  // The group of the open page is unfolded. No button works before the scripts of a page have loaded.
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: say.signOut }).click();
  await expect(page).toHaveURL("/sign-in");
}

/** Presses the button of a page that has just been opened. */
async function usePasskey(page: Page, say: Words) {
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: say.usePasskey }).click();
}

for (const language of ["en", "ru"] as const) {
  const say = words[language];
  const looks = looksIn(language);

  test(`a member adds a passkey, signs in with it alone, proves who they are with it, and removes it, in ${say.language}`, async ({
    browser,
  }) => {
    test.slow();
    const { owner } = await makeEmpty(installation);
    await introduce(owner, "J. Marsh", language);
    const page = await openPage(browser, language);
    await addDevice(page);
    await signInAs(page, owner, "/settings");
    await addPasskey(page, "Alpha", say);
    await saveCodes(page, say, []);
    await expect(page.getByRole("row", { name: /Alpha/ })).toContainText(say.neverUsed);
    await expectReadableAnywhere(page, "passkeys", looks);
    await page.getByRole("button", { name: new RegExp(`${say.rename} .?Alpha`) }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: say.passkeyName }).fill("Beta");
    await dialog.getByRole("button", { name: say.save }).click();
    const row = page.getByRole("row", { name: /Beta/ });
    await expect(row).toBeVisible();

    await signOut(page, say);
    await page.goto("/sign-in?from=%2Fsettings");
    await expectReadableAnywhere(page, "sign-in", looks);
    await usePasskey(page, say);
    await expect(page).toHaveURL("/settings");
    await expect(row).not.toContainText(say.neverUsed);

    await signOut(page, say);
    await page.goto("/sign-in?from=%2Fsettings");
    await fillSignIn(page, owner, say);
    await expect(page).toHaveURL("/second-factor?from=%2Fsettings");
    await expectReadableAnywhere(page, "second factor with a passkey", looks);
    await usePasskey(page, say);
    await expect(page).toHaveURL("/settings");

    await forgetProof(owner);
    await page.reload();
    await row.getByRole("button", { name: say.remove }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: say.remove }).click();
    const proof = page.getByRole("dialog", { name: say.confirm });
    await expect(proof).toBeVisible();
    await expectReadableAnywhere(page, "proof by passkey", looks);
    await proof.getByRole("button", { name: say.usePasskey }).click();
    await expect(row).toHaveCount(0);
    await signOut(page, say);
    await usePasskey(page, say);
    await expect(page.getByText(say.passkeyUnknown)).toBeVisible();
  });
}

test("a passkey counts as the required second factor, and the last one cannot be removed", async ({
  browser,
}) => {
  const { ctx, owner } = await makeEmpty(installation);
  const agent = await makeMember(ctx, "agent");
  const ownerPage = await openPage(browser);
  await signInAs(ownerPage, owner, "/settings");
  await setUpAuthenticator(ownerPage, words.en, []);
  await pool.query("UPDATE organization SET second_factor_from = now() WHERE id = $1", [
    ctx.organizationId,
  ]);
  const page = await openPage(browser);
  await addDevice(page);
  await signInAs(page, agent, "/settings");
  await expect(page).toHaveURL("/second-factor?from=%2Fsettings");
  await expectReadableAnywhere(page, "first factor", looksIn("en"));
  await addPasskey(page, "Phone", words.en);
  await saveCodes(page, words.en, []);
  await expect(page).toHaveURL("/settings");
  await page.waitForLoadState("networkidle");
  await page.getByRole("row", { name: /Phone/ }).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Your organization requires a second factor.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Phone/ })).toBeVisible();
});
