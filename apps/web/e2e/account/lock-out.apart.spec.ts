import { randomInt } from "node:crypto";
import { type APIRequestContext, type Browser, expect } from "@playwright/test";
import { exampleGroup } from "../platform/example-group";
import { test } from "../platform/test";

const { members, installation } = exampleGroup();

/** Creates an address that no other test uses. */
const anAddress = () => `198.18.${randomInt(256)}.${randomInt(256)}`;

type Attempt = { email: string; password: string; from: string };

/** Sends the sign-in page's request as if through a proxy. Returns the error, or null after success. */
async function tryToSignIn(request: APIRequestContext, { email, password, from }: Attempt) {
  const headers = { "x-forwarded-for": from };
  const { csrfToken } = await (await request.get("/api/auth/csrf", { headers })).json();
  const answer = await request.post("/api/auth/callback/credentials", {
    headers,
    form: { csrfToken, email, password, json: "true" },
  });
  return new URL((await answer.json()).url).searchParams.get("error");
}

/** Tries wrong passwords, with an e-mail and an address chosen for each attempt. */
async function guess(
  browser: Browser,
  count: number,
  next: (n: number) => Omit<Attempt, "password">,
) {
  const { request } = await browser.newContext();
  const errors: (string | null)[] = [];
  for (let n = 0; n < count; n++) {
    errors.push(await tryToSignIn(request, { ...next(n), password: `guess ${n}` }));
  }
  // Extends the waiting time, as continued guesses would, so that it lasts on a slow machine.
  await installation.db.pool.query(
    "UPDATE sign_in_attempt SET next_at = next_at + interval '1 hour'",
  );
  return errors;
}

/**
 * Counts further guesses from the place of the last ones. Only that place has counted them all: if each
 * guess seemed to come from elsewhere, there would be no such row.
 */
async function addGuesses(guessed: number, more: number) {
  const { rowCount } = await installation.db.pool.query(
    "UPDATE sign_in_attempt SET count = count + $2 WHERE count = $1",
    [guessed, more],
  );
  expect(rowCount, "places that counted every guess").toBe(1);
}

const waiting = /^throttled \d+$/;
const nobody = (n: number) => `nobody-${n}-${randomInt(1e9)}@example.com`;

test("someone guessing a member's password has to wait, while the member signs in from a known browser", async ({
  browser,
}) => {
  const member = members().auditor;
  const [home, hotel] = [anAddress(), anAddress()];
  const { request: laptop } = await browser.newContext();
  expect(await tryToSignIn(laptop, { ...member, from: home })).toBeNull();

  const errors = await guess(browser, 15, () => ({ email: member.email, from: anAddress() }));
  expect(errors).toContainEqual(expect.stringMatching(waiting));

  const { request: stranger } = await browser.newContext();
  expect(await tryToSignIn(stranger, { ...member, from: hotel })).toMatch(waiting);
  expect(await tryToSignIn(laptop, { ...member, from: hotel })).toBeNull();
  expect(await tryToSignIn(stranger, { ...member, from: home })).toBeNull();
});

test("anonymous sign-ins from an office delay neither others nor members who signed in there before", async ({
  browser,
}) => {
  const [officer, agent] = [members().officer, members().agent];
  const office = `2001:db8:${randomInt(9999)}:5`;
  const { request: desk } = await browser.newContext();
  expect(await tryToSignIn(desk, { ...officer, from: `${office}::1` })).toBeNull();

  const fromOffice = (n: number) => ({
    email: nobody(n),
    from: `${office}:${randomInt(9999)}::${n}`,
  });
  await guess(browser, 23, fromOffice);
  await addGuesses(23, 75);
  const errors = await guess(browser, 5, fromOffice);
  expect(errors).toContainEqual(expect.stringMatching(waiting));

  const { request: stranger } = await browser.newContext();
  expect(await tryToSignIn(desk, { ...officer, from: `${office}::1` })).toBeNull();
  expect(await tryToSignIn(stranger, { ...agent, from: anAddress() })).toBeNull();
});

test("a forged address header does not hide where guesses come from", async ({ browser }) => {
  const proxy = anAddress();
  const forged = (n: number) => ({
    email: nobody(n),
    from: `<script>${n}</script>, ${proxy}`,
  });
  await guess(browser, 26, forged);
  await addGuesses(26, 72);
  const errors = await guess(browser, 5, forged);
  expect(errors).toContainEqual(expect.stringMatching(waiting));
});
