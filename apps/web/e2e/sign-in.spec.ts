import { expect } from "@playwright/test";
import { fillSignIn, memberOf, pageOf, signIn, openPlace } from "./demo";
import { test } from "./test";

test("whoever is not signed in is asked to, and then is where they wanted to go", async ({
  page,
}) => {
  await page.goto("/registries");
  await expect(page).toHaveURL("/sign-in?from=%2Fregistries");

  await fillSignIn(page, memberOf("officer"));
  await expect(page).toHaveURL("/registries");
  await expect(page.getByRole("heading", { name: "Registries", level: 1 })).toBeVisible();
});

test("sign-in never leads to another site", async ({ page }) => {
  await signIn(page, "officer");
  await page.goto("/sign-in?from=https://evil.example/");
  await expect(page).toHaveURL("/");
});

test("a wrong password is told in a sentence, which does not say whether the e-mail is known", async ({
  page,
}) => {
  for (const email of ["owner@demo.example", "nobody@demo.example"]) {
    await page.goto("/sign-in");
    await fillSignIn(page, { email, password: "a field of thistles" });

    const fault = page.getByRole("alert", { name: "E-mail or password is wrong." });
    await expect(fault).toBeVisible();
    await expect(page.getByRole("textbox", { name: "E-mail" })).toHaveValue(email);
    await expect(page).not.toHaveURL(/thistles|demo\.example/);
  }
});

test("too many tries have to wait", async ({ page }) => {
  await page.goto("/sign-in");
  const fault = page.getByRole("alert", { name: /^Too many tries\. Try again in \d+ (sec|min)/ });
  // A fast machine needs eleven tries. On a slow one, some waiting times end before the next try.
  for (let tries = 0; tries < 20 && !(await fault.isVisible()); tries++) {
    const answered = page.waitForResponse("**/api/auth/callback/credentials");
    await fillSignIn(page, { email: "guessed@demo.example", password: `guess ${tries}` });
    await answered;
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  await expect(fault).toBeVisible();
  await expect(fault).toContainText("sign in from a browser that you have used before");
});

test("who signs out is out, also with the cookie that they had", async ({ page }) => {
  await signIn(page, "officer");
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

test("a session that is revoked is over at the next click, wherever it is open", async ({
  browser,
}) => {
  const [elsewhere, here] = [
    await pageOf(browser, "auditor"),
    await pageOf(browser, "auditor", "/settings"),
  ];
  // Other tests may have left open sessions.
  const others = here.getByRole("cell").getByRole("button", { name: "Sign out there" });
  await expect(others).not.toHaveCount(0);
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click();
    const question = here.getByRole("alertdialog", { name: "Sign out there?" });
    await question.getByRole("button", { name: "Sign out there" }).click();
    await expect(others).toHaveCount(left - 1);
  }
  await expect(here.getByText("Signed out there", { exact: true }).first()).toBeVisible();

  await openPlace(elsewhere, "Account", "My settings");
  await expect(elsewhere).toHaveURL("/sign-in?from=%2Fsettings");
});

test("what changes something is refused from another site", async ({ page, request }) => {
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
