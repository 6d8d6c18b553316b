import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Page, expect } from "@playwright/test";
import { aKeyPair } from "@ringfence/services/testing/public-keys";
import { defaultSettings, settle, signedInPage } from "../platform/demo";
import { api } from "../platform/demos";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const run = promisify(execFile);
const example = path.resolve(import.meta.dirname, "../../../../docs/examples/signed-screening.mjs");

/** A pair of an integrator, whose private key is in a file. */
function aPair(name: string) {
  const { pem, thumbprint, privateKey } = aKeyPair();
  const privatePem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const file = test.info().outputPath(`${name}.pem`);
  writeFileSync(file, privatePem);
  return { pem, privatePem, thumbprint, file };
}

/** Screens a call by the example of the docs. Returns the verdict, or the code of the problem. */
async function screenSigned(key: string, { file }: { file: string }) {
  const settings = { RINGFENCE_URL: api, RINGFENCE_KEY: key, RINGFENCE_PRIVATE_KEY: file };
  const { stdout } = await run(process.execPath, [example, "+12015550123", "marketing"], {
    env: { ...process.env, ...settings },
  }).catch((error: { stdout: string }) => error);
  const { verdict, code } = JSON.parse(stdout);
  return verdict ?? code;
}

/** Screens a call without signing. */
async function screenUnsigned({ request }: Page, key: string) {
  const answer = await request.post(`${api}/v1/screenings`, {
    headers: { authorization: `Bearer ${key}` },
    data: { phone: "+12015550123", purpose: "marketing" },
  });
  return answer.status();
}

test("an owner requires signed requests from a bank, replaces its public key, and removes it", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "owner", "/keys/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Dialer of the bank");
  await page.getByRole("textbox", { name: "Purpose" }).fill("Screens the calls of the bank.");
  await page.getByRole("checkbox", { name: "screen calls" }).check();
  await page.getByRole("button", { name: "Create key" }).click();
  const key = await page.getByText(/^rf_[0-9a-f]{32}_[0-9a-f]{64}$/).innerText();
  expect(await screenUnsigned(page, key)).toBe(200);

  await page.getByRole("link", { name: "View all keys" }).click();
  const row = page.getByRole("row", { name: /Dialer of the bank/ });
  await row.getByRole("button", { name: "Request signing for “Dialer of the bank”" }).click();
  const dialog = page.getByRole("dialog", { name: "Request signing for “Dialer of the bank”" });
  await expect(dialog).toContainText("From then on, unsigned requests are rejected");
  const [old, next] = [aPair("old"), aPair("next")];
  const field = dialog.getByRole("textbox", { name: "Public key" });
  const register = dialog.getByRole("button", { name: "Register public key" });
  await register.click();
  await expect(dialog.getByText("Paste a public key of at most")).toBeVisible();
  await field.fill(old.privatePem);
  await register.click();
  await expect(dialog.getByText("This is a private key.")).toBeVisible();
  expect(await screenUnsigned(page, key)).toBe(200);
  await field.fill(old.pem);
  await register.click();
  await expect(dialog.getByText(old.thumbprint, { exact: true })).toBeVisible();
  await expect(dialog).toContainText("only signed requests with this key are accepted");
  await expectReadableAnywhere(page, "the public keys of a key");
  expect(await screenUnsigned(page, key)).toBe(401);
  expect(await screenSigned(key, old)).toMatch(/^(allow|refuse)$/);

  await field.fill(next.pem);
  await register.click();
  await expect(dialog.getByText(next.thumbprint, { exact: true })).toBeVisible();
  await expect(field).toHaveCount(0);
  expect(await screenSigned(key, next)).toMatch(/^(allow|refuse)$/);
  await dialog.getByRole("button", { name: `Remove public key ${old.thumbprint}` }).click();
  const question = page.getByRole("alertdialog", { name: "Remove this public key?" });
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  expect(await screenSigned(key, old)).toBe("key-invalid");
  expect(await screenSigned(key, next)).toMatch(/^(allow|refuse)$/);

  await dialog.getByRole("button", { name: `Remove public key ${next.thumbprint}` }).click();
  await expect(question).toContainText("every request with this API key is rejected");
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(dialog).toContainText("No public key: every request with this key is rejected");
  expect(await screenUnsigned(page, key)).toBe(401);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(row).toContainText("there is no public key: every request is rejected");

  await row.getByRole("button", { name: "Request signing" }).click();
  await dialog.getByRole("button", { name: "Accept unsigned requests" }).click();
  const warning = page.getByRole("alertdialog", { name: "Accept unsigned requests with this" });
  await expect(warning).toContainText("Its public keys are removed.");
  await warning.getByRole("button", { name: "Accept unsigned requests" }).click();
  await expect(dialog).toContainText("From then on, unsigned requests are rejected");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(row).not.toContainText("Only signed requests");
  expect(await screenUnsigned(page, key)).toBe(200);
  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row).toContainText("revoked");

  await page.goto("/audit");
  await expect(page.getByText("public key registered").first()).toBeVisible();
  await expect(page.getByText("unsigned requests accepted again").first()).toBeVisible();
});

test("an owner reads in Russian which requests of a key are accepted", async ({ browser }) => {
  const page = await signedInPage(browser, "owner");
  await settle(page, { locale: "ru" });
  await page.goto("/keys/new");
  await page.getByRole("textbox", { name: "Название" }).fill("Набор банка");
  await page.getByRole("textbox", { name: "Назначение" }).fill("Проверяет звонки банка.");
  await page.getByRole("checkbox", { name: "проверять звонки" }).check();
  await page.getByRole("button", { name: "Создать ключ" }).click();
  await page.getByRole("link", { name: "Все ключи" }).click();
  const row = page.getByRole("row", { name: /Набор банка/ });
  await row.getByRole("button", { name: "Подпись запросов ключа «Набор банка»" }).click();
  const dialog = page.getByRole("dialog", { name: "Подпись запросов ключа «Набор банка»" });
  const { pem, privatePem, thumbprint } = aPair("ru");
  const field = dialog.getByRole("textbox", { name: "Открытый ключ" });
  await field.fill(privatePem);
  await dialog.getByRole("button", { name: "Зарегистрировать" }).click();
  await expect(dialog.getByText("Это закрытый ключ.")).toBeVisible();
  await field.fill(pem);
  await dialog.getByRole("button", { name: "Зарегистрировать" }).click();
  await expect(dialog.getByText(thumbprint, { exact: true })).toBeVisible();
  await expectReadableAnywhere(page, "the public keys of a key in Russian");
  await dialog.getByRole("button", { name: "Закрыть" }).click();
  await expect(row).toContainText(
    `Только подписанные запросы, открытый ключ ${thumbprint.slice(0, 8)}…`,
  );
  await row.getByRole("button", { name: "Отозвать" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Отозвать" }).click();
  await expect(row).toContainText("отозван");
  await settle(page, defaultSettings);
});
