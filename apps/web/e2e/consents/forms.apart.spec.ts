import { expect } from "@playwright/test";
import { script } from "@ringfence/capture/script";
import { aForm, aDisclosure, aDraft } from "@ringfence/services/testing/forms";
import { makeShop } from "../../testing/make-shop";
import { api } from "../platform/demos";
import { openFormScene } from "./form-scene";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const { installation, site } = await openFormScene();
const { integrity } = script;

/** Creates a separate organization with a form for the other site. */
async function scene(more: Parameters<typeof aForm>[1] = {}) {
  const ctx = await makeShop(installation);
  const { organizationId } = ctx;
  const form = await aForm(ctx, { origins: [site.origin], ...more });
  const events = () =>
    installation.db.prisma.consentEvent.findMany({
      where: { organizationId },
      include: { evidence: true },
      orderBy: { id: "asc" },
    });
  return { ctx, ...form, events };
}

test(
  "a form on another origin records exactly what it showed, and is then submitted as usual",
  { tag: "@persona" },
  async ({ page }) => {
    const { address, events } = await scene();
    site.show({ api, integrity, address });
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    const before = site.posted.length;
    await page.goto(site.origin);
    await expect(page.locator("form")).toHaveAttribute("data-ringfence-state", "ready");
    await page.getByLabel("Phone").fill("+1 201 555 0123");
    await page.getByRole("checkbox").check();
    const shown = await page.locator("[data-ringfence-text]").innerText();
    const whole = await page.locator("form").innerText();
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();

    expect(site.posted.slice(before)).toEqual(["phone=%2B1+201+555+0123&calls=on"]);
    expect(said.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: "granted",
      evidence: [
        {
          body: {
            act: "ticked",
            ip: expect.stringMatching(/127\.0\.0\.1|::1/),
            userAgent: expect.stringContaining("Chrom"),
            origin: site.origin,
            shown: { text: shown, wasChecked: false, isChecked: true },
            page: {
              url: `${site.origin}/`,
              title: "Shop: contact",
              language: "en",
              text: whole,
              controls: [
                { name: "phone", type: "tel", isFilled: true, isVisible: true },
                { name: "calls", type: "checkbox", isChecked: true, isVisible: true },
                { name: "", type: "submit", isFilled: false, isVisible: true },
              ],
            },
          },
        },
      ],
    });
  },
);

test("a box that is not ticked sends us nothing", async ({ page }) => {
  const { address, events } = await scene();
  site.show({ api, integrity, address });
  await page.goto(site.origin);
  await expect(page.locator("form")).toHaveAttribute("data-ringfence-state", "ready");
  await page.getByLabel("Phone").fill("+1 201 555 0123");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect(await events()).toEqual([]);
});

test("a replay, a forged time and changed words are rejected, and the form is still submitted", async ({
  page,
}) => {
  const { address, events } = await scene();
  const send = async (words: string, tamper: (body: Record<string, unknown>) => object) => {
    site.show({ api, integrity, address, words });
    await page.route(`${api}/**/submissions`, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const body = route.request().postDataJSON();
      await route.continue({ postData: JSON.stringify(tamper(body)) });
    });
    await page.goto(site.origin);
    await expect(page.locator("form")).toHaveAttribute("data-ringfence-state", "ready");
    await page.getByLabel("Phone").fill("+1 201 555 0123");
    await page.getByRole("checkbox").check();
    const answered = page.waitForResponse(
      (response) =>
        response.url().endsWith("/submissions") && response.request().method() === "POST",
    );
    await page.getByRole("button", { name: "Send" }).click();
    const status = (await answered).status();
    await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
    await page.unrouteAll();
    return status;
  };

  const sent: unknown[] = [];
  const keep = (body: Record<string, unknown>) => {
    sent.push(body.token);
    return body;
  };
  expect(await send("", keep)).toBe(202);
  const [token] = sent;
  expect(await send("", (body) => ({ ...body, issuedAt: "2026-01-01T00:00:00Z" }))).toBe(422);
  expect(await send("", (body) => ({ ...body, elapsedMs: 10_000_000 }))).toBe(422);
  expect(await send("Acme must call me.", keep)).toBe(422);
  expect([409, 422]).toContain(await send("", (body) => ({ ...body, token })));
  expect(await events()).toHaveLength(1);
});

test("a hosted form works without scripts on a phone, and is accessible", async ({ browser }) => {
  const { ctx, address, events } = await scene();
  const page = await (
    await browser.newContext({
      javaScriptEnabled: false,
      locale: "en-US",
      viewport: { width: 390, height: 844 },
    })
  ).newPage();
  await page.goto(`/f/${address}`);
  await expect(page.getByRole("heading", { name: "May Acme contact you?" })).toBeVisible();
  await page.getByLabel("Your phone number").fill("12");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  expect(await events()).toEqual([]);

  await page.getByLabel("Your phone number").fill("+1 201 555 0144");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect(await events()).toMatchObject([
    { type: "granted", evidence: [{ body: { act: "ticked", page: { language: "en" } } }] },
  ]);
  expect(await events()).toHaveLength(1);
  await expect(page.getByText("Acme may call me about its offers")).toBeVisible();
  await expect(page.getByRole("link", { name: "Download PDF" })).toBeVisible();
  await page.getByRole("button", { name: "Withdraw this consent" }).click();
  await expect(page.getByRole("heading", { name: "You withdrew your consent" })).toBeVisible();
  expect((await events()).map(({ type }) => type)).toEqual(["granted", "withdrawn"]);

  const russian = await aDisclosure(ctx, aDraft({ language: "ru", text: "Можно звонить." }));
  const { address: other } = await aForm(ctx, { disclosures: [russian] });
  const seen = await (await browser.newContext({ locale: "ru-RU" })).newPage();
  await seen.setViewportSize({ width: 320, height: 640 });
  await seen.goto(`/f/${other}`);
  await expect(seen.getByRole("checkbox", { name: "Можно звонить." })).not.toBeChecked();
  await expectReadable(seen);
});

test("a form with mistakes moves the focus to the first one, and clears each once it is corrected", async ({
  page,
}) => {
  const { address } = await scene({ email: "required" });
  await page.setViewportSize({ width: 360, height: 400 });
  await page.goto(`/f/${address}`);
  const [phone, email] = [
    page.getByLabel("Your phone number"),
    page.getByLabel("Your e-mail address"),
  ];
  await phone.fill("12");
  await email.fill("ada@example.org");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(phone).toBeFocused();
  await expect(phone).toBeInViewport();
  await expect(phone).toHaveAttribute("aria-invalid", "true");
  const faults = page.locator("form").getByRole("alert");
  await expect(faults).toHaveCount(2);
  await expectReadable(page);

  await phone.fill("+1 201 555 0144");
  await expect(phone).not.toHaveAttribute("aria-invalid", "true");
  await page.getByRole("checkbox").check();
  await expect(faults).toHaveCount(0);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await expectReadable(page);
});
