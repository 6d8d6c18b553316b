import { type Browser, expect, type Page } from "@playwright/test";
import { showCode } from "@ringfence/services/testing/authenticator-app";
import { openInstallation } from "../../testing/open-installation";
import { expectReadableAnywhere, sameColors } from "../platform/looks";
import { type Language, type Words, words } from "./words";

/*
 * Steps of stories about sign-ins. The members have an organization of their own.
 */

export type Credentials = { email: string; password: string };

/** Opens the installation of the demo, and closes it after the tests of the file. */
export function openSignInSteps() {
  const installation = openInstallation();
  const { pool } = installation.db;
  return {
    installation,
    pool,
    /** Gives a member a name and a language. */
    introduce: ({ email }: Credentials, name: string, locale: Language) =>
      pool.query("UPDATE member SET locale = $2, name = $3 WHERE email = $1", [
        email,
        locale,
        name,
      ]),
    /** Lets the last proof of a member be too old. */
    forgetProof: ({ email }: Credentials) =>
      pool.query(
        `UPDATE session SET proved_at = proved_at - interval '61 minutes'
         WHERE member_id = (SELECT id FROM member WHERE email = $1)`,
        [email],
      ),
    /** Lets a minute pass for a member's authenticator, so that it accepts the code of now again. */
    passMinute: ({ email }: Credentials) =>
      pool.query(
        `UPDATE authenticator SET last_step = last_step - 2
         WHERE member_id = (SELECT id FROM member WHERE email = $1)`,
        [email],
      ),
  };
}

/** Opens a page in a browser of its own. */
export const openPage = async (browser: Browser, locale: Language = "en") =>
  (await browser.newContext({ locale })).newPage();

/** Colors are the same in both languages, so they are looked at in English. */
export const looksIn = (language: Language) =>
  language === "en" ? (["narrow", "dark", "light"] as const) : sameColors;

/** Sets up an authenticator on the open page. Returns its secret and the recovery codes. */
export async function setUpAuthenticator(page: Page, say: Words = words.en, looks = sameColors) {
  await page.getByRole("button", { name: say.setUp }).click();
  const secret = (await page.locator("code").innerText()).replaceAll(" ", "");
  await expectReadableAnywhere(page, "authenticator", looks);
  await page.getByRole("textbox", { name: say.code }).fill(showCode(secret));
  await page.getByRole("button", { name: say.turnOn }).click();
  const codes = await saveCodes(page, say, looks);
  return { secret, codes };
}

/** Reads the recovery codes off the page, and goes on. */
export async function saveCodes(page: Page, say: Words, looks = sameColors) {
  const list = page.getByRole("listitem").filter({ hasText: /^\w{5}-\w{5}$/ });
  await expect(list).toHaveCount(10);
  await expectReadableAnywhere(page, "recovery codes", looks);
  const codes = await list.allInnerTexts();
  await page.getByRole("button", { name: say.saved }).click();
  return codes;
}

export async function giveCode(page: Page, code: string, say: Words = words.en) {
  await page.getByRole("textbox", { name: say.code }).fill(code);
  await page.getByRole("button", { name: say.go }).click();
}
