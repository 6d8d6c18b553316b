import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { type Browser, expect, type Page } from "@playwright/test";
import type { Actor } from "@ringfence/core/platform/access";
import { OrganizationId } from "@ringfence/core/ids";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { PhoneId } from "@ringfence/core/ids";
import { createStopLink } from "@ringfence/services/do-not-call/stop-page";
import { openInstallation } from "../../testing/open-installation";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

/** Creates a separate organization in Russia. */
async function scene() {
  const { id } = await installation.db.prisma.organization.create({
    data: {
      name: "Банк «Пример»",
      homeRegion: "RU",
      zone: "Europe/Moscow",
      sellers: { create: { key: "bank", name: "Банк «Пример»", sector: "other" } },
      purposes: { create: { key: "marketing.loans", name: "кредиты", kind: "promotional" } },
      phones: { create: { e164: "+79990000042" } },
    },
    include: { phones: true },
  });
  const organizationId = OrganizationId.parse(id);
  const actor: Actor = { type: "member", id, role: "officer", sellerIds: [] };
  const phone = await installation.db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  const ctx = { ...installation, organizationId, actor };
  const optOuts = () =>
    installation.db.prisma.optOut.findMany({
      where: { organizationId },
      include: { phone: true },
      orderBy: { id: "asc" },
    });
  return {
    optOuts,
    address: `/stop/${formatPublicAddress(organizationId)}`,
    link: `/s/${createStopLink(ctx, PhoneId.parse(phone.id))}`,
  };
}

const onPhone = async (browser: Browser, locale = "ru-RU") =>
  (
    await browser.newContext({
      javaScriptEnabled: false,
      locale,
      viewport: { width: 360, height: 740 },
    })
  ).newPage();

const root = path.resolve(import.meta.dirname, "../../../..");

/** Output and exit code of `ringfence-verify` for a file. */
async function verified(file: string) {
  const command = [path.join(root, "packages/verify/src/main.ts"), file, "--lang", "en"];
  const told = promisify(execFile)(path.join(root, "node_modules/node/bin/node"), command);
  return told.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
}

async function kept(page: Page, name: RegExp) {
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  return (await downloading).path();
}

test(
  "a person opts out on a phone without scripts, and gets a receipt that proves it",
  { tag: "@persona" },
  async ({ browser }) => {
    const { address, optOuts } = await scene();
    const page = await onPhone(browser);
    await page.goto(address);
    await page.getByLabel("Ваш номер телефона").fill("8 (999) 000-00-17");
    await page.getByRole("button", { name: "Прекратить все звонки" }).click();

    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Отказ принят/);
    const [row] = await optOuts();
    expect(row).toMatchObject({ scope: "all", channel: "web", phone: { e164: "+79990000017" } });
    const { reference = "" } = row ?? {};
    await expect(page.getByText(`${reference.slice(0, 4)} ${reference.slice(4)}`)).toBeVisible();
    await expect(page.getByText("+7 999 000-00-17")).toBeVisible();
    expect(decodeURIComponent(page.url())).not.toContain("0000017");

    await expect(async () => {
      const { code, stdout } = await verified(await kept(page, /PDF/));
      expect(stdout).toContain(reference);
      expect(code).toBe(0); // once the log includes it
    }).toPass({ timeout: 20_000 });
    expect((await verified(await kept(page, /JSON/))).code).toBe(0);
    await page.context().close();
  },
);

test("text that is not a number is reported, kept for an officer, and stays in the field", async ({
  browser,
}) => {
  const { address, optOuts } = await scene();
  const page = await onPhone(browser, "en-US");
  await page.goto(address);
  const field = page.getByLabel("Your phone number");
  await field.fill("12");
  await page.getByRole("button", { name: "Stop all calls" }).click();
  await expect(page.getByRole("alert")).toContainText("does not protect anyone yet");
  await expect(field).toHaveValue("12");
  expect(await optOuts()).toEqual([]);
  await field.fill("+7 999 000 00 18");
  await page.getByRole("button", { name: "Stop all calls" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/will not call you again/);
  await page.context().close();
});

test("a person may stop some calls, and the large button always stops all", async ({ browser }) => {
  const { address, optOuts } = await scene();
  const page = await onPhone(browser, "en-US");
  const choose = async (button: string) => {
    await page.goto(address);
    await page.getByLabel("Your phone number").fill("+79990000019");
    await page.getByText("Stop only some calls").click();
    await page.getByRole("radio", { name: /calls about кредиты/ }).check();
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByText("In force since")).toBeVisible();
  };
  await choose("Stop the chosen calls");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/No more calls about кредиты/);
  await choose("Stop all calls");
  expect((await optOuts()).map(({ scope }) => scope)).toEqual(["purpose", "all"]);
  await page.context().close();
});

test("a link opts out with one tap, shows no number before, and works from mail programs", async ({
  browser,
  request,
}) => {
  const { link, optOuts } = await scene();
  const page = await onPhone(browser);
  await page.goto(link);
  await expect(page.getByText("Ваш номер заканчивается на 42.")).toBeVisible();
  expect(await page.content()).not.toContain("9990000042");
  expect(await optOuts()).toEqual([]); // opening the link records nothing
  await page.getByRole("button", { name: "Прекратить все звонки" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Отказ принят/);
  expect(await optOuts()).toMatchObject([{ channel: "web", actor: { type: "person" } }]);

  const other = await scene();
  for (const _ of [1, 2]) {
    const form = { "List-Unsubscribe": "One-Click" };
    const answer = await request.post(`${other.link}/refuse`, { form, maxRedirects: 0 });
    expect(answer.status()).toBe(200);
  }
  expect(await other.optOuts()).toMatchObject([{ scope: "all", channel: "email" }]);
  // Never the character that is there, whatever it is.
  const forged = link.replace(/.(?=.{8}$)/, (one) => (one === "A" ? "B" : "A"));
  expect((await page.goto(forged))?.status()).toBe(404);
  await page.context().close();
});

test("the pages are accessible, and are in the chosen language", async ({ browser }) => {
  const { address, link } = await scene();
  const page = await (await browser.newContext({ locale: "ru-RU" })).newPage();
  for (const path of [address, link, "/stop"]) {
    await page.goto(path);
    await expectReadableAnywhere(page, path);
  }
  await page.goto(address);
  await page.getByLabel("Ваш номер телефона").fill("+79990000020");
  await page.getByRole("button", { name: "Прекратить все звонки" }).click();
  await expect(page.getByText("Действует с")).toBeVisible();
  await expectReadableAnywhere(page, "the receipt");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.getByText("In force since")).toBeVisible();
  await page.context().close();
});
