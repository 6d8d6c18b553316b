import { readFileSync } from "node:fs";
import path from "node:path";
import { type APIResponse, type Response, expect } from "@playwright/test";
import messages from "../../messages/en.json" with { type: "json" };
import { test } from "./test";

/** Headers that forbid a browser to run or load anything because of an answer. */
const closed = {
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
const isScript = (answer: Response) =>
  answer.headers()["content-type"]?.includes("script") ?? false;
const isStored = (answer: APIResponse) => !/no-store/.test(answer.headers()["cache-control"] ?? "");

test("answers that are not pages run and load nothing, and are not stored", async ({ page }) => {
  const { request } = page;
  const answers = [
    await request.get("/api/auth/csrf"),
    await request.get("/api/trpc/registry.list"),
    await request.get(`/api/rule-sets/${"0".repeat(64)}`),
    await request.post("/api/contacts.csv"),
    await request.post("/api/uploads/scrubs"),
    await request.get("/r/nobody/pdf"),
    await request.get("/agreed/nobody/nothing/json"),
  ];
  for (const answer of answers) {
    expect(answer.headers(), answer.url()).toMatchObject(closed);
    expect(isStored(answer), answer.url()).toBe(false);
  }
});

test("built files are stored for good, and run nothing by themselves", async ({ page }) => {
  await page.goto("/sign-in");
  const files = await page
    .locator("script[src], link[rel=stylesheet]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("src") ?? one.getAttribute("href")));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const answer = await page.request.get(file ?? "");
    expect(answer.headers(), answer.url()).toMatchObject({
      ...closed,
      "cache-control": "public, max-age=31536000, immutable",
    });
  }
});

test("the texts of other pages are in a script that a browser keeps, not in the page", async ({
  page,
}) => {
  const ofAnotherPage = messages.complaints.noteDecided;
  const texts: Promise<string>[] = [];
  page.on("response", (answer) => {
    if (isScript(answer)) texts.push(answer.text());
  });
  const answer = await page.goto("/sign-in");
  const html = (await answer?.text()) ?? "";
  expect(html).not.toContain(ofAnotherPage);
  expect(html).toMatch(/<link rel="preload" as="script"/); // so that it is loaded along with the others
  const read = async () => (await Promise.all(texts)).join("");
  await expect.poll(read).toContain(ofAnotherPage);
});

test("a page whose texts cannot be loaded stays as the server sent it", async ({ page }) => {
  const scripts: string[] = [];
  page.on("response", async (answer) => {
    if (isScript(answer) && (await answer.text()).includes(messages.complaints.noteDecided))
      scripts.push(answer.url());
  });
  await page.goto("/sign-in");
  await expect.poll(() => scripts).toHaveLength(1);
  await page.route(scripts[0] ?? "", (route) => route.abort());
  const lost = page.waitForEvent("requestfailed");
  await page.goto("/sign-in");
  await lost;
  const email = page.getByRole("textbox", { name: "E-mail" });
  await email.fill("ada@example.com");
  await expect(email).toHaveValue("ada@example.com");
});

test("a policy in the headers of a request is ignored", async ({ page }) => {
  const forged = "script-src 'nonce-Zm9yZ2Vk'";
  const answer = await page.request.get("/sign-in", {
    headers: { "content-security-policy": forged, "x-nonce": "Zm9yZ2Vk" },
  });
  expect(answer.headers()["content-security-policy"]).toMatch(/^default-src 'none'; script-src/);
  expect(await answer.text()).not.toContain("Zm9yZ2Vk");
});

test("whoever knows the key of the build gets no page without its policy", async ({ page }) => {
  const manifest = path.join(import.meta.dirname, "../../.next/prerender-manifest.json");
  const { preview } = JSON.parse(readFileSync(manifest, "utf8"));
  expect(preview.previewModeId).toMatch(/^[0-9a-f]{32}$/);
  const answer = await page.request.get("/sign-in", {
    headers: { "x-prerender-revalidate": preview.previewModeId },
  });
  expect(answer.headers()["content-security-policy"]).toMatch(/^default-src 'none'; script-src/);
});

test("the address of a page that does not exist changes no header", async ({ page }) => {
  for (const path of [
    "/no-such-page",
    "/s/no-such-link",
    "/stop/no-such-organization",
    "/%zz",
    "/%5C",
  ]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(answer.headers()["content-security-policy"], path).toContain("default-src 'none'");
    expect(isStored(answer), path).toBe(false);
  }
});
