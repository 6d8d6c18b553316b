import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { unzipSync, zipSync } from "fflate";
import { phones } from "../../testing/example-phones";
import { exampleGroup } from "../platform/example-group";
import { defaultSettings, settle } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();
const run = promisify(execFile);

/** The words of the pages that the story uses. */
const words = {
  en: {
    authority: "From a regulator",
    name: "Regulator",
    phone: "Phone",
    said: "What does the person say?",
    refuses: "Yes",
    record: "Record the complaint",
    forWhom: "Recipient",
    download: "Download evidence pack",
    reason: "Reason",
    take: "Download file",
    checked: /Consistent, but not proven|Signed, but not proven in full yet/,
    onSite: /Genuine|Signed, but not proven in full yet/,
    file: "File",
  },
  ru: {
    authority: "Через надзорный орган",
    name: "Надзорный орган",
    phone: "Телефон",
    said: "Что говорит человек?",
    refuses: "Да",
    record: "Записать жалобу",
    forWhom: "Получатель",
    download: "Скачать пакет доказательств",
    reason: "Причина",
    take: "Скачать файл",
    checked: /Непротиворечив, но не доказан|Подписан, но ещё не доказан полностью/,
    onSite: /Подлинный|Подписан, но ещё не доказан полностью/,
    file: "Файл",
  },
} as const;

/** Takes a regulator's letter to a pack that is on disk, in nine steps. */
async function takePack(page: Page, locale: keyof typeof words, phone: string) {
  const say = words[locale];
  await page.goto("/complaints/new");
  const name = page.getByLabel(say.name, { exact: true });
  // A choice that is made before the page's script runs is lost.
  await expect(async () => {
    await page.getByRole("radio", { name: say.authority }).check();
    await expect(name).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await name.fill("Federal Trade Commission");
  await page.getByRole("textbox", { name: say.phone, exact: true }).fill(phone);
  await page.getByLabel(say.said).fill("They called at dinner.");
  await page.getByRole("radio", { name: say.refuses }).check();
  await page.getByRole("button", { name: say.record }).click();
  await expect(page.getByLabel(say.forWhom)).toHaveValue("us");
  await expectReadable(page);
  await page.getByRole("button", { name: say.download }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: say.reason }).fill("The FTC asked for it.");
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("button", { name: say.take }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^evidence-.*\.zip$/);
  return download.path();
}

for (const locale of ["en", "ru"] as const) {
  test(
    `an officer makes an evidence pack for a regulator, and a stranger verifies it offline, in ${locale}`,
    { tag: "@persona" },
    async ({ browser }, info) => {
      test.slow();
      const page = await signedInPage(browser, "officer");
      expect((await settle(page, { ...defaultSettings, locale })).status()).toBe(200);
      const zip = await takePack(page, locale, locale === "en" ? phones.dana : phones.nina);

      const bytes = await readFile(zip);
      const files = unzipSync(new Uint8Array(bytes));
      expect(Object.keys(files)).toEqual(expect.arrayContaining(["summary.pdf", "regulator.json"]));
      const script = info.outputPath("ringfence-verify.mjs");
      await writeFile(script, files["verify/ringfence-verify.mjs"] ?? "");
      const pack = info.outputPath("pack.zip");
      await writeFile(pack, bytes);
      const verify = (file: string) =>
        run(process.execPath, [script, file, "--lang", locale]).catch(
          (error: { stdout: string }) => error,
        );
      // The newest statements may not be in the log yet.
      expect((await verify(pack)).stdout).toMatch(words[locale].checked);
      const forged = info.outputPath("forged.zip");
      const complaint = new TextDecoder().decode(files["complaint.json"]).replace("dinner", "noon");
      const changed = { ...files, "complaint.json": new TextEncoder().encode(complaint) };
      await writeFile(forged, zipSync(changed));
      expect((await verify(forged)).stdout).toContain("complaint.json");
      expect((await verify(forged)).stdout).not.toMatch(words[locale].checked);

      const stranger = await (await browser.newContext({ locale })).newPage();
      await stranger.goto("/verify", { waitUntil: "networkidle" });
      await stranger.context().setOffline(true);
      await stranger.getByLabel(words[locale].file, { exact: true }).setInputFiles(pack);
      await expect(stranger.getByRole("status")).toContainText(words[locale].onSite);
    },
  );
}
