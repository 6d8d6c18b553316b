import { type Browser, expect, type Page, test } from "@playwright/test";
import { pageOf, signInAs } from "./demo";
import { expectReadable, expectReadableAnywhere } from "./looks";

const email = "nadia@demo.example";
const ownPassword = "a row of tall thistles";

/** As an owner reads it off the screen, to hand it over. */
const firstPasswordOn = (page: Page) =>
  page.getByText(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/).innerText();

async function comeIn(browser: Browser, password: string) {
  const page = await (await browser.newContext({ locale: "en" })).newPage();
  await page.goto("/sign-in?from=%2Fcall");
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/first-password?from=%2Fcall");
  return page;
}

async function choose(page: Page, password: string, newPassword: string) {
  await page.getByLabel("The password you were given").fill(password);
  await page.getByLabel("A new password").fill(newPassword);
  await page.getByRole("button", { name: "Change the password" }).click();
}

test("an owner adds an agent, who has a password of their own before they see anything, until they are removed", async ({
  browser,
}) => {
  const owner = await pageOf(browser, "owner", "/members");
  await owner.getByRole("link", { name: "Add a member" }).click();
  await owner.getByRole("heading", { name: "Add a member" }).waitFor();
  await owner.getByRole("button", { name: "Add the member" }).click();
  await expect(owner.getByText("Give a name of at most 100 characters.")).toBeVisible();
  await expect(owner.getByText("Write a whole e-mail address")).toBeVisible();
  await owner.getByRole("textbox", { name: "Name" }).fill("Nadia");
  await owner.getByRole("textbox", { name: "E-mail" }).fill(email);
  await owner.getByRole("radio", { name: /^agent/ }).check();
  await owner.getByRole("button", { name: "Add the member" }).click();
  const firstPassword = await firstPasswordOn(owner);
  await expectReadable(owner);
  await owner.getByRole("link", { name: "See all members" }).click();
  const row = owner.getByRole("row", { name: /Nadia/ });
  await expect(row).toContainText("never signed in");
  await expect(owner.getByText(firstPassword)).toHaveCount(0);

  const agent = await comeIn(browser, firstPassword);
  await expectReadableAnywhere(agent, "/first-password", ["light", "narrow"]);
  await agent.goto("/settings");
  await expect(agent).toHaveURL("/first-password?from=%2Fsettings");
  expect((await agent.request.get("/api/trpc/seller.list")).status()).toBe(401);

  await agent.goto("/first-password?from=%2Fcall");
  await choose(agent, "a field of nettles", ownPassword);
  await expect(agent.getByText("That is not the password you have.")).toBeVisible();
  await choose(agent, firstPassword, "too short");
  await expect(agent.getByText("Make it at least 12 characters long")).toBeVisible();
  await choose(agent, firstPassword, "nadia@demo.example");
  await expect(agent.getByText("This one is easy to guess")).toBeVisible();
  await choose(agent, firstPassword, ownPassword);
  await expect(agent).toHaveURL("/call");
  await expect(agent.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(agent).not.toHaveTitle(/password/);

  await row.getByRole("link", { name: "Nadia" }).click();
  await owner.getByRole("button", { name: "Remove" }).click();
  const question = owner.getByRole("alertdialog", { name: "Remove Nadia?" });
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(owner.getByText("Removed", { exact: true })).toBeVisible();
  await expect(owner.getByRole("button", { name: "Remove" })).toHaveCount(0);

  await agent.getByRole("link", { name: "Settings" }).click();
  await expect(agent).toHaveURL("/sign-in?from=%2Fsettings");
  await signInAs(agent, { email, password: ownPassword }, "/sign-in");
  await expect(agent.getByRole("alert", { name: "E-mail or password is wrong." })).toBeVisible();

  await owner.goto("/members");
  await expect(owner.getByRole("row", { name: /Nadia/ })).toHaveCount(0);
  await owner.goto("/audit");
  await expect(owner.getByRole("row", { name: /Nadia.*signed in/ }).first()).toBeVisible();
});

test("a role that is changed holds at the next click, and a new first password ends what was open", async ({
  browser,
}) => {
  const owner = await pageOf(browser, "owner", "/members/new");
  await owner.getByRole("textbox", { name: "Name" }).fill("Nadia");
  await owner.getByRole("textbox", { name: "E-mail" }).fill(email);
  await owner.getByRole("button", { name: "Add the member" }).click();
  const firstPassword = await firstPasswordOn(owner);
  const agent = await comeIn(browser, firstPassword);
  await choose(agent, firstPassword, ownPassword);
  await expect(agent).toHaveURL("/call");

  await owner.goto("/members");
  const row = owner.getByRole("row", { name: /Nadia/ });
  await expect(row).toContainText("signed in now");
  await row.getByRole("link", { name: "Nadia" }).click();
  await owner.getByRole("radio", { name: /^auditor/ }).check();
  await owner.getByRole("button", { name: "Save" }).click();
  await expect(owner.getByText("Role and sellers saved")).toBeVisible();
  await expectReadableAnywhere(owner, "a member", ["light", "narrow"]);
  expect((await agent.goto("/call"))?.status()).toBe(403);
  expect((await agent.goto("/members"))?.status()).toBe(200);

  await owner.setViewportSize({ width: 1440, height: 900 });
  await owner.getByRole("button", { name: "Set a new first password" }).click();
  const question = owner.getByRole("alertdialog", { name: "Set a new first password for Nadia?" });
  await question.getByRole("button", { name: "Set a new first password" }).click();
  const next = await firstPasswordOn(owner);
  await agent.getByRole("link", { name: "Settings" }).click();
  await expect(agent).toHaveURL("/sign-in?from=%2Fsettings");
  const again = await comeIn(browser, next);
  await choose(again, next, ownPassword);
  await expect(again).toHaveURL("/call");
});

test("who changes their own password stays here, and is out elsewhere", async ({ browser }) => {
  const owner = await pageOf(browser, "owner", "/members/new");
  await owner.getByRole("textbox", { name: "Name" }).fill("Omar");
  await owner.getByRole("textbox", { name: "E-mail" }).fill("omar@demo.example");
  await owner.getByRole("radio", { name: /^developer/ }).check();
  await owner.getByRole("button", { name: "Add the member" }).click();
  const firstPassword = await firstPasswordOn(owner);
  const [here, there] = [
    await (await browser.newContext({ locale: "en" })).newPage(),
    await (await browser.newContext({ locale: "en" })).newPage(),
  ];
  await here.goto("/sign-in");
  await here.getByRole("textbox", { name: "E-mail" }).fill("omar@demo.example");
  await here.getByLabel("Password", { exact: true }).fill(firstPassword);
  await here.getByRole("button", { name: "Sign in" }).click();
  await choose(here, firstPassword, ownPassword);
  await expect(here).toHaveURL("/");
  await signInAs(there, { email: "omar@demo.example", password: ownPassword });

  await here.goto("/settings");
  await here.getByLabel("The password you have").fill(ownPassword);
  await here.getByLabel("A new password").fill("a bed of very old roses");
  await here.getByRole("button", { name: "Change the password" }).click();
  await expect(here.getByText("Password changed; other sign-ins have ended")).toBeVisible();
  await here.reload();
  await expect(here).toHaveURL("/settings");
  await there.getByRole("link", { name: "Settings" }).click();
  await expect(there).toHaveURL("/sign-in?from=%2Fsettings");
});

test("an officer sees who works here, and who may change it; nobody changes themselves", async ({
  browser,
}) => {
  const officer = await pageOf(browser, "officer", "/members");
  await expect(officer.getByRole("button", { name: "Add a member" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await officer.getByRole("link", { name: "Auditor" }).click();
  await expect(officer.getByRole("button", { name: "Remove" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  expect((await officer.goto("/members/new"))?.status()).toBe(403);

  const owner = await pageOf(browser, "owner", "/members");
  await owner.getByRole("link", { name: "Owner" }).click();
  await expect(owner.getByText("This is you")).toBeVisible();
  await expect(owner.getByRole("button", { name: "Remove" })).toHaveCount(0);
});
