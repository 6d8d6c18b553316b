import { expect } from "@playwright/test";
import {
  fillSignIn,
  findMember,
  openOtherSession,
  openPlace,
  signedInPage,
  signIn,
  startSession,
} from "../platform/demo";
import { test } from "../platform/test";

test(
  "a visitor is asked to sign in, and then reaches the page they wanted",
  { tag: "@persona" },
  async ({ page }) => {
    await page.goto("/registries");
    await expect(page).toHaveURL("/sign-in?from=%2Fregistries");

    await fillSignIn(page, findMember("officer"));
    await expect(page).toHaveURL("/registries");
    await expect(page.getByRole("heading", { name: "Registries", level: 1 })).toBeVisible();
  },
);

test("sign-in never leads to another site", async ({ page }) => {
  await signIn(page, "officer");
  await page.goto("/sign-in?from=https://evil.example/");
  await expect(page).toHaveURL("/");
});

test("a wrong password is reported without saying whether the e-mail is known", async ({
  page,
}) => {
  for (const email of ["owner@demo.example", "nobody@demo.example"]) {
    await page.goto("/sign-in");
    await fillSignIn(page, { email, password: "a field of thistles" });

    const fault = page.getByRole("alert", { name: "Wrong e-mail or password." });
    await expect(fault).toBeVisible();
    await expect(page.getByRole("textbox", { name: "E-mail" })).toHaveValue(email);
    await expect(page).not.toHaveURL(/thistles|demo\.example/);
  }
});

test("too many tries lead to a waiting time", async ({ page }) => {
  await page.goto("/sign-in");
  const fault = page.getByRole("alert", {
    name: /^Too many attempts\. Try again in \d+ (second|minute)/,
  });
  // The request of the page, which is faster, for the tries that are free.
  for (let tries = 0; tries < 8; tries++) {
    await startSession(page, { email: "guessed@demo.example", password: `early ${tries}` }, 401);
  }
  // A fast machine needs three more. On a slow one, some waiting times end before the next try.
  for (let tries = 0; tries < 20 && !(await fault.isVisible()); tries++) {
    const answered = page.waitForResponse("**/api/auth/callback/credentials");
    await fillSignIn(page, { email: "guessed@demo.example", password: `guess ${tries}` });
    await answered;
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  await expect(fault).toBeVisible();
  await expect(fault).toContainText("sign in from a browser you have used before");
});

test("signing out ends the session, and its cookie no longer works", async ({ page }) => {
  await signIn(page, "officer", "/");
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === "ringfence-session")).toMatchObject({
    httpOnly: true,
    sameSite: "Lax",
  });

  await page.locator("summary", { hasText: "Account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");

  await page.context().addCookies(cookies);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a slow sign-out is sent once, and one that fails is reported", async ({ page }) => {
  await signIn(page, "officer", "/");
  await page.locator("summary", { hasText: "Account" }).click();
  const button = page.getByRole("button", { name: "Sign out" });
  for (const path of ["csrf", "signout"]) {
    await page.route(`**/api/auth/${path}`, (route) => route.abort(), { times: 1 });
    await button.click();
    await expect(page.getByText("You are still signed in. Try again.")).toBeVisible();
    await expect(button).toBeEnabled();
    await page.reload();
    await page.locator("summary", { hasText: "Account" }).click();
  }

  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let sent = 0;
  await page.route("**/api/auth/signout", async (route) => {
    sent += 1;
    await held;
    await route.continue();
  });
  await button.dblclick();
  await expect(page.getByRole("button", { name: "Signing out…" })).toBeDisabled();
  release();
  await expect(page).toHaveURL("/sign-in");
  expect(sent).toBe(1);
});

test("a revoked session ends at the next click in its browser", async ({ browser }) => {
  const [elsewhere, here] = [
    await openOtherSession(browser, findMember("auditor"), "/"),
    await signedInPage(browser, "auditor", "/settings"),
  ];
  // Other tests may have left open sessions.
  const others = here.getByRole("cell").getByRole("button", { name: "End session" });
  await expect(others).not.toHaveCount(0);
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click();
    const question = here.getByRole("alertdialog", { name: "End this session?" });
    await question.getByRole("button", { name: "End session" }).click();
    await expect(others).toHaveCount(left - 1);
  }
  await expect(here.getByText("Session ended", { exact: true }).first()).toBeVisible();

  await openPlace(elsewhere, "Account", "My settings");
  await expect(elsewhere).toHaveURL("/sign-in?from=%2Fsettings");
});

test("changes sent from another site are rejected", async ({ page, request }) => {
  await signIn(page, "officer");
  const answer = await page.request.post("/api/trpc/member.changeOwnSettings", {
    headers: { "sec-fetch-site": "cross-site", "content-type": "application/json" },
    data: { json: { theme: "dark" } },
  });
  expect(answer.status()).toBe(403);

  const nobody = await request.post("/api/trpc/member.changeOwnSettings", {
    headers: { "sec-fetch-site": "same-origin", "content-type": "application/json" },
    data: { json: { theme: "dark" } },
  });
  expect(nobody.status()).toBe(401);
});
