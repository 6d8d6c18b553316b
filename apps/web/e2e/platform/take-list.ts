import { type Download, expect, type Page } from "@playwright/test";

export const exportReason = "A check of what is on record";

/** Downloads a list as a person does, with a reason. */
export async function takeList(page: Page, button: string): Promise<Download> {
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill(exportReason);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download file" }).click();
  return download;
}

const headers = { "sec-fetch-site": "same-origin" };

/** Requests a list as the form of its page does. */
export const postForList = (page: Page, path: string) =>
  page.request.post(path, { headers, form: { reason: exportReason } });

/** Expects a list to be refused without a reason, and for a reason that says nothing. */
export async function expectReasonAsked(page: Page, path: string) {
  expect((await page.request.get(path)).status()).toBe(405);
  for (const form of [{}, { reason: "short" }]) {
    const answer = await page.request.post(path, { headers, form });
    expect([answer.status(), (await answer.json()).path]).toEqual([400, "/reason"]);
  }
}
