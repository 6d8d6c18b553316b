import { expect } from "@playwright/test";
import { signedInPage, unfold } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { expectReasonAsked, postForList } from "../platform/take-list";
import { expectNoAccess } from "../platform/no-access";
import { test } from "../platform/test";

test("an officer adds an opt-out, gets its reference, and finds it listed", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/opt-outs");
  await page.getByRole("link", { name: "Record an opt-out" }).click();
  await page.getByRole("textbox", { name: "Phone" }).fill("(214) 555-0187");
  await expect(page.getByText("Read as +1 214 555 0187")).toBeVisible();
  await unfold(page, "Just now, no note");
  await page.getByRole("textbox", { name: /^Note/ }).fill("Asked twice");
  await page.getByRole("button", { name: "Record the opt-out" }).click();

  await expect(page.getByText("Recorded and in force")).toBeVisible();
  const said = await page.getByText(/^Reference [0-9A-Z]{8}$/).innerText();
  const reference = said.slice(-8);
  await expectReadable(page);

  await page.getByRole("link", { name: "All opt-outs" }).click();
  await page.getByRole("searchbox", { name: "Phone or reference" }).fill("214.555.0187");
  await page.getByRole("button", { name: "Search" }).click();
  const row = page.getByRole("row", { name: /\+1 214 555 0187/ }).filter({ hasText: reference });
  await expect(row).toContainText("All calls");
  await expect(row).toContainText("Asked twice");
  await expect(page).not.toHaveURL(/214/);
});

test("an officer records an opt-out heard on a recording, in force from the time of the call", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/opt-outs/new");
  await page.getByRole("textbox", { name: "Phone" }).fill("(214) 555-0191");
  await unfold(page, "Time and note");
  await page.getByRole("radio", { name: /^Earlier/ }).check();
  await page.getByLabel("Date and time").fill("2026-03-02T15:30");
  const recording = "https://records.example/calls/77.mp3";
  await page.getByRole("textbox", { name: /^Recording/ }).fill(recording);
  await expectReadable(page);
  await page.getByRole("button", { name: "Record the opt-out" }).click();
  await expect(page.getByText("Recorded and in force")).toBeVisible();
  await expect(page.getByText("2 Mar 2026, 15:30:00 UTC")).toBeVisible();

  await page.getByRole("link", { name: "All opt-outs" }).click();
  const row = page.getByRole("row", { name: /\+1 214 555 0191/ });
  const link = row.getByRole("link", { name: "Recording at records.example" });
  await expect(link).toHaveAttribute("href", recording);
});

test("an opt-out without a number waits until an officer enters the number", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/opt-outs/new");
  await page.getByRole("textbox", { name: "Phone" }).fill("214 555");
  await page.getByRole("button", { name: "Record the opt-out" }).click();
  await expect(page.getByText(/It is kept for an officer/)).toBeVisible();

  await page.goto("/opt-outs");
  const question = page.getByRole("listitem").filter({ hasText: "“214 555”" });
  await question.getByRole("textbox", { name: "Correct phone number" }).fill("+1 214 555 0188");
  await question.getByRole("button", { name: "Record the opt-out" }).click();
  await expect(page.getByText(/^Recorded, reference [0-9A-Z]{8}$/)).toBeVisible();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole("row", { name: /\+1 214 555 0188/ })).toBeVisible();
});

test("an entry that is not an opt-out is discarded with a reason", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/opt-outs/new");
  await page.getByRole("textbox", { name: "Phone" }).fill("room 214");
  await page.getByRole("button", { name: "Record the opt-out" }).click();
  await expect(page.getByText(/It is kept for an officer/)).toBeVisible();

  await page.goto("/opt-outs");
  const question = page.getByRole("listitem").filter({ hasText: "“room 214”" });
  await question.getByRole("button", { name: "Discard" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Discard without a number?" });
  await dialog.getByLabel("Reason").selectOption({ label: "Test" });
  await expectReadable(page);
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(question.getByRole("textbox")).toHaveCount(0);

  const folded = page.getByText(/discarded opt-outs?$/);
  await folded.click();
  await expect(question).toContainText("Test");
  await expectReadable(page);
  await question.getByRole("button", { name: "Restore" }).click();
  await expect(question.getByRole("textbox", { name: "Correct phone number" })).toBeVisible();
});

test("the list is downloaded as CSV", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/opt-outs");
  const answer = await postForList(page, "/api/opt-outs.csv");
  expect(answer.headers()["content-disposition"]).toContain("opt-outs.csv");
  expect(await answer.text()).toMatch(/^id,phone,scope,/);
  await expectReasonAsked(page, "/api/opt-outs.csv");
});

test("an agent may not open the list, and is told why", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await expectNoAccess(page, "/opt-outs", "Opt-outs");
  expect((await postForList(page, "/api/opt-outs.csv")).status()).toBe(403);
});
