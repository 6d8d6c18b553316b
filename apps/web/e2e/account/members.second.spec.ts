import { type Browser, expect, type Page } from "@playwright/test";
import type { Role } from "@ringfence/core/platform/access";
import {
  defaultSettings,
  fillSignIn,
  openPlace,
  settle,
  signedInPage,
  signInAs,
} from "../platform/demo";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";
import { openPage } from "./sign-in-steps";
import { type Language, type Words, words } from "./words";

const ownPassword = "a row of tall thistles";

type Newcomer = { name: string; email: string; role: Role };

/** Reads the link off the screen, as an owner does to hand it over. */
const linkOn = (page: Page) => page.getByText(/\/join\/[\w-]{56}$/).innerText();

async function add(owner: Page, { name, email, role }: Newcomer, say: Words = words.en) {
  await owner.goto("/members/new");
  await owner.getByRole("textbox", { name: say.name }).fill(name);
  await owner.getByRole("textbox", { name: say.emailAddress }).fill(email);
  const label = role === "agent" ? say.agent : role;
  await owner.getByRole("radio", { name: new RegExp(`^${label}`) }).check();
  await owner.getByRole("button", { name: say.addMember }).click();
  return linkOn(owner);
}

async function choose(page: Page, newPassword: string, say: Words = words.en) {
  await page.getByLabel(say.newPassword).fill(newPassword);
  await page.getByRole("button", { name: say.savePassword }).click();
}

/** Follows the link, chooses a password, and signs in with it. */
async function comeIn(
  browser: Browser,
  { email }: Newcomer,
  link: string,
  language: Language = "en",
) {
  const page = await openPage(browser, language);
  await page.goto(link);
  await choose(page, ownPassword, words[language]);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/sign-in?from=%2Fcall");
  await fillSignIn(page, { email, password: ownPassword }, words[language]);
  await expect(page).toHaveURL("/call");
  return page;
}

for (const language of ["en", "ru"] as const) {
  const say = words[language];

  test(`an owner adds an agent, who chooses a password by a link, once, in ${say.language}`, async ({
    browser,
  }) => {
    const owner = await signedInPage(browser, "owner");
    await settle(owner, { locale: language });
    await owner.goto("/members/new");
    await owner.getByRole("button", { name: say.addMember }).click();
    await expect(owner.getByText(say.nameFault)).toBeVisible();
    await expect(owner.getByText(say.emailFault)).toBeVisible();
    const email = `maria-${language}@demo.example`;
    const maria = { name: `Maria ${language}`, email, role: "agent" } as const;
    const link = await add(owner, maria, say);
    await expectReadable(owner);
    await owner.getByRole("link", { name: say.allMembers }).click();
    await expect(owner.getByRole("row", { name: maria.name })).toContainText(say.neverSignedIn);
    await expect(owner.getByText(link)).toHaveCount(0);
    await settle(owner, defaultSettings);

    const agent = await openPage(browser, language);
    await agent.goto(link);
    await choose(agent, "too short", say);
    await expect(agent.getByText(say.shortPassword)).toBeVisible();
    await choose(agent, maria.email, say);
    await expect(agent.getByText(say.guessable)).toBeVisible();
    await expectReadableAnywhere(agent, "join", ["narrow"]);
    await comeIn(browser, maria, link, language);
    await agent.goto(link);
    await expect(agent.getByText(say.linkOver)).toBeVisible();
  });
}

test("a removed member is signed out at the next click, and the audit trail keeps their name", async ({
  browser,
}) => {
  const owner = await signedInPage(browser, "owner");
  const lena = { name: "Lena", email: "lena@demo.example", role: "agent" } as const;
  const agent = await comeIn(browser, lena, await add(owner, lena));

  await owner.goto("/members");
  await owner.getByRole("link", { name: "Lena" }).click();
  await owner.getByRole("button", { name: "Remove" }).click();
  const question = owner.getByRole("alertdialog", { name: "Remove Lena?" });
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(owner.getByText("Removed", { exact: true })).toBeVisible();
  await expect(owner.getByRole("button", { name: "Remove" })).toHaveCount(0);

  await openPlace(agent, "Account", "My settings");
  await expect(agent).toHaveURL("/sign-in?from=%2Fsettings");
  await fillSignIn(agent, { email: lena.email, password: ownPassword });
  await expect(agent.getByRole("alert", { name: "Wrong e-mail or password." })).toBeVisible();

  await owner.goto("/audit");
  await expect(owner.getByRole("row", { name: /changed their own password Lena/ })).toBeVisible();
  await add(owner, { ...lena, name: "Another" });
});

test("a new role applies at the next click, and a new password link ends open sessions", async ({
  browser,
}) => {
  const owner = await signedInPage(browser, "owner");
  const nadia = { name: "Nadia", email: "nadia@demo.example", role: "agent" } as const;
  const agent = await comeIn(browser, nadia, await add(owner, nadia));

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
  await owner.getByRole("button", { name: "Send a new link" }).click();
  const question = owner.getByRole("alertdialog", { name: "Create a new link for Nadia?" });
  await question.getByRole("button", { name: "Send a new link" }).click();
  const next = await linkOn(owner);
  await openPlace(agent, "Account", "My settings");
  await expect(agent).toHaveURL("/sign-in?from=%2Fsettings");
  const again = await comeIn(browser, { ...nadia }, next);
  await expect(again.getByRole("heading", { level: 1 })).toBeVisible();
});

test("changing one's own password ends all other sessions", async ({ browser }) => {
  const owner = await signedInPage(browser, "owner");
  const omar = { name: "Omar", email: "omar@demo.example", role: "agent" } as const;
  const here = await comeIn(browser, omar, await add(owner, omar));
  const there = await openPage(browser);
  await signInAs(there, { email: omar.email, password: ownPassword }, "/");

  await here.goto("/settings");
  await here.getByLabel("Current password").fill(ownPassword);
  await here.getByLabel("New password").fill("a bed of very old roses");
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(
    here.getByText("Password changed. You are signed out everywhere else."),
  ).toBeVisible();
  await here.reload();
  await expect(here).toHaveURL("/settings");
  await openPlace(there, "Account", "My settings");
  await expect(there).toHaveURL("/sign-in?from=%2Fsettings");
});

test("an officer sees the members and who may change them, and nobody may change themselves", async ({
  browser,
}) => {
  const officer = await signedInPage(browser, "officer", "/members");
  await expect(officer.getByRole("button", { name: "Add a member" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await officer.getByRole("link", { name: "Auditor", exact: true }).click();
  await expect(officer.getByRole("button", { name: "Remove" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  expect((await officer.goto("/members/new"))?.status()).toBe(403);

  const owner = await signedInPage(browser, "owner", "/members");
  await owner.getByRole("link", { name: "Owner", exact: true }).click();
  await expect(owner.getByText("This is you")).toBeVisible();
  await expect(owner.getByRole("button", { name: "Remove" })).toHaveCount(0);
});
