import { type Browser, expect, type Page } from "@playwright/test";
import { showCode } from "@ringfence/services/testing/authenticator-app";
import { makeEmpty } from "../../testing/make-empty";
import { makeMember } from "../../testing/make-caller";
import { openInstallation } from "../../testing/open-installation";
import { fillSignIn, signInAs } from "../platform/demo";
import { expectReadable, expectReadableAnywhere, sameColors } from "../platform/looks";
import { takeList } from "../platform/take-list";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());
const { pool } = installation.db;

type Credentials = { email: string; password: string };

/** Lets the last proof of a member be too old. */
const forgetProof = ({ email }: Credentials) =>
  pool.query(
    `UPDATE session SET proved_at = proved_at - interval '61 minutes'
     WHERE member_id = (SELECT id FROM member WHERE email = $1)`,
    [email],
  );

/** Lets a minute pass for a member's authenticator, so that it accepts the code of now again. */
const passMinute = ({ email }: Credentials) =>
  pool.query(
    `UPDATE authenticator SET last_step = last_step - 2
     WHERE member_id = (SELECT id FROM member WHERE email = $1)`,
    [email],
  );

const openPage = async (browser: Browser, locale = "en") =>
  (await browser.newContext({ locale })).newPage();

/** The words of the stories, in English and Russian. */
const words = {
  en: {
    setUp: "Set up an app",
    code: "Code",
    turnOn: "Turn on",
    saved: "I have saved them",
    go: "Continue",
    email: "E-mail",
    password: "Password",
    signIn: "Sign in",
    confirm: "Confirm it’s you",
  },
  ru: {
    setUp: "Подключить приложение",
    code: "Код",
    turnOn: "Включить",
    saved: "Коды сохранены",
    go: "Продолжить",
    email: "Электронная почта",
    password: "Пароль",
    signIn: "Войти",
    confirm: "Подтвердите, что это вы",
  },
} as const;

/** Sets up an authenticator on the open page. Returns its secret and the recovery codes. */
async function setUp(page: Page, say: (typeof words)["en" | "ru"], looks = sameColors) {
  await page.getByRole("button", { name: say.setUp }).click();
  const secret = (await page.locator("code").innerText()).replaceAll(" ", "");
  await expectReadableAnywhere(page, "authenticator", looks);
  await page.getByRole("textbox", { name: say.code }).fill(showCode(secret));
  await page.getByRole("button", { name: say.turnOn }).click();
  const list = page.getByRole("listitem").filter({ hasText: /^\w{5}-\w{5}$/ });
  await expect(list).toHaveCount(10);
  await expectReadableAnywhere(page, "recovery codes", looks);
  const codes = await list.allInnerTexts();
  await page.getByRole("button", { name: say.saved }).click();
  return { secret, codes };
}

async function giveCode(page: Page, code: string, say: (typeof words)["en" | "ru"] = words.en) {
  await page.getByRole("textbox", { name: say.code }).fill(code);
  await page.getByRole("button", { name: say.go }).click();
}

/** Gives e-mail and password on the sign-in page, which then asks for the second factor. */
async function givePassword(browser: Browser, member: Credentials) {
  const page = await openPage(browser);
  await page.goto("/sign-in?from=%2Fsettings");
  await fillSignIn(page, member);
  await expect(page).toHaveURL("/second-factor?from=%2Fsettings");
  return page;
}

test("a member sets up an authenticator, and signs in with its code or a recovery code", async ({
  browser,
}) => {
  const { owner } = await makeEmpty(installation);
  const page = await openPage(browser);
  await signInAs(page, owner);
  await forgetProof(owner);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Set up an app" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm it’s you" });
  await dialog.getByLabel("Password").fill("a field of thistles");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByText("Wrong password.")).toBeVisible();
  await expectReadableAnywhere(page, "proof by password");
  await dialog.getByLabel("Password").fill(owner.password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
  await page.reload();
  const { secret, codes } = await setUp(page, words.en, ["light", "dark", "narrow"]);
  await expect(page.getByText("10 left")).toBeVisible();
  await expectReadableAnywhere(page, "settings with an authenticator", ["light", "narrow"]);

  const phone = await givePassword(browser, owner);
  await expectReadableAnywhere(phone, "second factor");
  await giveCode(phone, "none");
  await expect(phone.getByText("Wrong code.")).toBeVisible();
  await passMinute(owner);
  await giveCode(phone, showCode(secret));
  await expect(phone).toHaveURL("/settings");

  const laptop = await givePassword(browser, owner);
  await laptop.goto("/");
  await expect(laptop).toHaveURL("/second-factor?from=%2F");
  await giveCode(laptop, codes[0]?.toUpperCase() ?? "");
  await expect(laptop).toHaveURL("/");
  const again = await givePassword(browser, owner);
  await giveCode(again, codes[0] ?? "");
  await expect(again.getByText("Wrong code.")).toBeVisible();
  await again.getByRole("button", { name: "Sign in as someone else" }).click();
  await expect(again).toHaveURL("/sign-in");
});

test("a stolen session adds no member and takes no list: both ask for the code and then go on", async ({
  browser,
}) => {
  const { owner } = await makeEmpty(installation);
  const page = await openPage(browser);
  await signInAs(page, owner, "/settings");
  const { secret } = await setUp(page, words.en, []);

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
  await pool.query("UPDATE member SET locale = 'ru', name = 'Мария' WHERE email = $1", [
    agent.email,
  ]);
  const [ownerPage, agentPage] = [await openPage(browser), await openPage(browser, "ru")];
  await signInAs(ownerPage, owner, "/members");
  await signInAs(agentPage, agent, "/settings");

  await ownerPage.getByRole("radio", { name: "Everyone, in 7 days" }).check();
  await ownerPage.getByRole("button", { name: "Save" }).click();
  await expect(ownerPage.getByText("Set up your own second factor first")).toBeVisible();
  await ownerPage.goto("/settings");
  await setUp(ownerPage, words.en, []);
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
  const { codes } = await setUp(agentPage, words.ru);
  await expect(agentPage).toHaveURL("/settings");

  const phone = await openPage(browser, "ru");
  await phone.goto("/sign-in");
  await phone.getByRole("textbox", { name: words.ru.email }).fill(agent.email);
  await phone.getByLabel(words.ru.password, { exact: true }).fill(agent.password);
  await phone.getByRole("button", { name: words.ru.signIn }).click();
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

test("an owner sees where a colleague signed in, and ends a session, which is over at the next click", async ({
  browser,
}) => {
  const { ctx, owner } = await makeEmpty(installation);
  const agent = await makeMember(ctx, "agent");
  await pool.query("UPDATE member SET locale = 'ru', name = 'Мария' WHERE email = $1", [
    agent.email,
  ]);
  const [ownerPage, agentPage] = [await openPage(browser), await openPage(browser, "ru")];
  await signInAs(ownerPage, owner, "/members");
  await signInAs(await openPage(browser), agent);
  await signInAs(agentPage, agent, "/settings");
  await expect(agentPage.getByRole("table", { name: "Последние входы" })).toContainText("Пароль");
  await expectReadableAnywhere(agentPage, "own sessions", sameColors);

  await ownerPage.getByRole("link", { name: "Мария" }).click();
  const rows = ownerPage.getByRole("table", { name: "Open sessions" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await expectReadableAnywhere(ownerPage, "sessions of a member");
  await ownerPage.setViewportSize({ width: 1440, height: 900 });
  await rows.nth(1).getByRole("button", { name: "End session" }).click();
  const question = ownerPage.getByRole("alertdialog");
  await question.getByRole("button", { name: "End session" }).click();
  await expect(rows).toHaveCount(2);
  await agentPage.getByRole("navigation").getByRole("link").first().click();
  await expect(agentPage).toHaveURL(/\/sign-in\?from=/);
});

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

test("a member adds a passkey, signs in with it alone, and proves who they are with it", async ({
  browser,
}) => {
  const { owner } = await makeEmpty(installation);
  const page = await openPage(browser);
  await addDevice(page);
  await signInAs(page, owner, "/settings");
  await page.getByRole("textbox", { name: "Name" }).fill("Work laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: "I have saved them" }).click();
  const row = page.getByRole("row", { name: /Work laptop/ });
  await expect(row).toContainText("never");
  await expectReadableAnywhere(page, "passkeys", ["light", "dark", "narrow"]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Rename Work laptop" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Home laptop");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: /Home laptop/ })).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/sign-in?from=%2Fsettings");
  await expectReadableAnywhere(page, "sign-in with a passkey", ["light", "narrow"]);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL("/settings");
  await expect(page.getByRole("row", { name: /Home laptop/ })).not.toContainText("never");

  await page.context().clearCookies();
  await page.goto("/sign-in?from=%2Fsettings");
  await fillSignIn(page, owner);
  await expect(page).toHaveURL("/second-factor?from=%2Fsettings");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL("/settings");

  await forgetProof(owner);
  await page.reload();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page
    .getByRole("row", { name: /Home laptop/ })
    .getByRole("button", { name: "Remove" })
    .click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm it’s you" });
  await proof.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("row", { name: /Home laptop/ })).toHaveCount(0);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("This passkey is not known here")).toBeVisible();
});

test("a member reads about passkeys in Russian, and signs in with one", async ({ browser }) => {
  const { ctx } = await makeEmpty(installation);
  const agent = await makeMember(ctx, "agent");
  await pool.query("UPDATE member SET locale = 'ru' WHERE email = $1", [agent.email]);
  const page = await openPage(browser, "ru");
  await addDevice(page);
  await signInAs(page, agent, "/settings");
  await page.getByRole("textbox", { name: "Название" }).fill("Телефон");
  await page.getByRole("button", { name: "Добавить ключ входа" }).click();
  await page.getByRole("button", { name: words.ru.saved }).click();
  await expect(page.getByRole("row", { name: /Телефон/ })).toContainText("ещё не было");
  await expectReadableAnywhere(page, "passkeys", sameColors);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Использовать ключ входа" }).click();
  await expect(page).toHaveURL("/call");
});
