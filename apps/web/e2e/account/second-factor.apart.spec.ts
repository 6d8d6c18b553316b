import { type Browser, expect } from "@playwright/test";
import { showCode } from "@ringfence/services/testing/authenticator-app";
import { makeEmpty } from "../../testing/make-empty";
import { makeMember } from "../../testing/make-caller";
import { fillSignIn, signInAs } from "../platform/demo";
import { expectReadable, expectReadableAnywhere, sameColors } from "../platform/looks";
import { takeList } from "../platform/take-list";
import { test } from "../platform/test";
import {
  type Credentials,
  giveCode,
  looksIn,
  openPage,
  openSignInSteps,
  setUpAuthenticator,
} from "./sign-in-steps";
import { type Language, words } from "./words";

const { installation, introduce, forgetProof, passMinute } = openSignInSteps();
test.afterAll(() => installation.db.close());

/** Gives e-mail and password on the sign-in page, which then asks for the second factor. */
async function givePassword(browser: Browser, member: Credentials, language: Language) {
  const page = await openPage(browser, language);
  await page.goto("/sign-in?from=%2Fsettings");
  await fillSignIn(page, member, words[language]);
  await expect(page).toHaveURL("/second-factor?from=%2Fsettings");
  return page;
}

for (const language of ["en", "ru"] as const) {
  const say = words[language];
  const looks = looksIn(language);

  test(`a member sets up an authenticator, and signs in with its code or a recovery code, in ${say.language}`, async ({
    browser,
  }) => {
    const { owner } = await makeEmpty(installation);
    await introduce(owner, "J. Marsh", language);
    const page = await openPage(browser, language);
    await signInAs(page, owner);
    await forgetProof(owner);
    await page.goto("/settings");
    await page.getByRole("button", { name: say.setUp }).click();
    const dialog = page.getByRole("dialog", { name: say.confirm });
    await dialog.getByLabel(say.password).fill("a field of thistles");
    await dialog.getByRole("button", { name: say.go }).click();
    await expect(dialog.getByText(say.wrongPassword)).toBeVisible();
    await expectReadableAnywhere(page, "proof by password", looks);
    await dialog.getByLabel(say.password).fill(owner.password);
    await dialog.getByRole("button", { name: say.go }).click();
    await expect(page.getByRole("img", { name: say.qrCode })).toBeVisible();
    await page.reload();
    const { secret, codes } = await setUpAuthenticator(page, say, looks);
    await expect(page.getByText(say.tenLeft)).toBeVisible();
    await expectReadableAnywhere(page, "settings with an authenticator", looks);

    const phone = await givePassword(browser, owner, language);
    await expectReadableAnywhere(phone, "second factor", looks);
    await giveCode(phone, "none", say);
    await expect(phone.getByText(say.wrongCode)).toBeVisible();
    await passMinute(owner);
    await giveCode(phone, showCode(secret), say);
    await expect(phone).toHaveURL("/settings");

    const laptop = await givePassword(browser, owner, language);
    await laptop.goto("/");
    await expect(laptop).toHaveURL("/second-factor?from=%2F");
    await giveCode(laptop, codes[0]?.toUpperCase() ?? "", say);
    await expect(laptop).toHaveURL("/");
    const again = await givePassword(browser, owner, language);
    await giveCode(again, codes[0] ?? "", say);
    await expect(again.getByText(say.wrongCode)).toBeVisible();
    await again.getByRole("button", { name: say.someoneElse }).click();
    await expect(again).toHaveURL("/sign-in");
  });

  test(`an owner sees where a colleague signed in, and ends a session, which is over at the next click, in ${say.language}`, async ({
    browser,
  }) => {
    const { ctx, owner } = await makeEmpty(installation);
    const agent = await makeMember(ctx, "agent");
    await introduce(owner, "J. Marsh", language);
    await introduce(agent, "Maria", language);
    const ownerPage = await openPage(browser, language);
    const agentPage = await openPage(browser, language);
    await signInAs(ownerPage, owner, "/members");
    await signInAs(await openPage(browser, language), agent);
    await signInAs(agentPage, agent, "/settings");
    const history = agentPage.getByRole("table", { name: say.lastSignIns });
    await expect(history).toContainText(say.password);
    await expectReadableAnywhere(agentPage, "own sessions", looks);

    await ownerPage.getByRole("link", { name: "Maria" }).click();
    const rows = ownerPage.getByRole("table", { name: say.openSessions }).getByRole("row");
    await expect(rows).toHaveCount(3);
    await expectReadableAnywhere(ownerPage, "sessions of a member", looks);
    await rows.nth(1).getByRole("button", { name: say.endSession }).click();
    const question = ownerPage.getByRole("alertdialog");
    await question.getByRole("button", { name: say.endSession }).click();
    await expect(rows).toHaveCount(2);
    await agentPage.getByRole("navigation").getByRole("link").first().click();
    await expect(agentPage).toHaveURL(/\/sign-in\?from=/);
  });
}

test("a stolen session adds no member and takes no list: both ask for the code and then go on", async ({
  browser,
}) => {
  const { owner } = await makeEmpty(installation);
  const page = await openPage(browser);
  await signInAs(page, owner, "/settings");
  const { secret } = await setUpAuthenticator(page, words.en, []);

  await forgetProof(owner);
  await page.goto("/members/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Maria");
  await page.getByRole("textbox", { name: "E-mail" }).fill(`maria-${owner.email}`);
  await page.getByRole("button", { name: "Add member" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm it’s you" });
  await expect(dialog.getByLabel("Password")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Prove that it is you")).toBeVisible();
  await page.goto("/members");
  await expect(page.getByRole("row", { name: /Maria/ })).toHaveCount(0);

  await page.goto("/members/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Maria");
  await page.getByRole("textbox", { name: "E-mail" }).fill(`maria-${owner.email}`);
  await page.getByRole("button", { name: "Add member" }).click();
  await passMinute(owner);
  await giveCode(page, showCode(secret));
  await expect(page.getByText(/\/join\/[\w-]{56}$/)).toBeVisible();

  await forgetProof(owner);
  const refused = await page.request.post("/api/contacts.csv", {
    headers: { "sec-fetch-site": "same-origin" },
    form: { reason: "Somebody wants the numbers" },
  });
  expect(refused.status()).toBe(428);
  await page.goto("/audit");
  const taken = takeList(page, "Download CSV");
  await expect(dialog).toBeVisible();
  await passMinute(owner);
  await giveCode(page, showCode(secret));
  expect((await taken).suggestedFilename()).toBe("audit.csv");
});

test("everybody needs a second factor once an owner says so, and an owner resets a lost one, in Russian", async ({
  browser,
}) => {
  const { ctx, owner } = await makeEmpty(installation);
  const agent = await makeMember(ctx, "agent");
  await introduce(agent, "Мария", "ru");
  const [ownerPage, agentPage] = [await openPage(browser), await openPage(browser, "ru")];
  await signInAs(ownerPage, owner, "/members");
  await signInAs(agentPage, agent, "/settings");

  await ownerPage.getByRole("radio", { name: "Everyone, in 7 days" }).check();
  await ownerPage.getByRole("button", { name: "Save" }).click();
  await expect(ownerPage.getByText("Set up your own second factor first")).toBeVisible();
  await ownerPage.goto("/settings");
  await setUpAuthenticator(ownerPage, words.en, []);
  await ownerPage.goto("/members");
  await ownerPage.getByRole("radio", { name: "Everyone, in 7 days" }).check();
  await ownerPage.getByRole("button", { name: "Save" }).click();
  await expect(ownerPage.getByText("Everyone needs one from")).toBeVisible();
  await expectReadableAnywhere(ownerPage, "members with a policy", ["light", "narrow"]);
  await agentPage.reload();
  await expect(agentPage.getByText(/^С \d+ \S+ для входа понадобится второй фактор/)).toBeVisible();
  await expectReadableAnywhere(agentPage, "reminder", sameColors);

  await ownerPage.setViewportSize({ width: 1440, height: 900 });
  await ownerPage.getByRole("radio", { name: "Everyone, now" }).check();
  const saved = ownerPage.waitForResponse("**/secondFactor.changePolicy*");
  await ownerPage.getByRole("button", { name: "Save" }).click();
  await saved;
  await agentPage.goto("/settings");
  await expect(agentPage).toHaveURL("/second-factor?from=%2Fsettings");
  await expectReadableAnywhere(agentPage, "second factor needed", sameColors);
  const { codes } = await setUpAuthenticator(agentPage, words.ru);
  await expect(agentPage).toHaveURL("/settings");

  const phone = await openPage(browser, "ru");
  await phone.goto("/sign-in");
  await fillSignIn(phone, agent, words.ru);
  await expect(phone.getByRole("heading", { name: "Введите код" })).toBeVisible();
  await expectReadableAnywhere(phone, "second factor", sameColors);
  await giveCode(phone, codes[1] ?? "", words.ru);
  await expect(phone).toHaveURL("/call");

  await ownerPage.goto("/members");
  await ownerPage.getByRole("link", { name: "Мария" }).click();
  await ownerPage.getByRole("button", { name: "Reset second factor" }).click();
  const question = ownerPage.getByRole("alertdialog");
  await expectReadable(ownerPage);
  const reset = ownerPage.waitForResponse("**/secondFactor.reset*");
  await question.getByRole("button", { name: "Reset second factor" }).click();
  await reset;
  await expect(ownerPage.getByRole("button", { name: "Reset second factor" })).toHaveCount(0);
  await phone.goto("/settings");
  await expect(phone).toHaveURL("/sign-in?from=%2Fsettings");
});
