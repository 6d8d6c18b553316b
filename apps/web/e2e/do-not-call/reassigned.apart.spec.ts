import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { takeList } from "../platform/take-list";
import { phones } from "../../testing/example-phones";
import { exampleGroup, find, verdict } from "../platform/example-group";
import { expectReadableAnywhere } from "../platform/looks";
import { createWorkbook } from "./workbook";
import { test } from "../platform/test";

test.describe.configure({ mode: "serial" });

const { signedInPage } = exampleGroup();
const nina = phones.nina.slice(2);

test("an officer queries who has the numbers now, and uploads the answers", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/registries");
  await page.getByRole("link", { name: "Reassigned numbers" }).click();
  await expect(page.getByText("No queries yet")).toBeVisible();
  await expectReadableAnywhere(page, "no query");

  await page.getByRole("button", { name: "Create query" }).click();
  const row = page.getByRole("row").filter({ hasText: "File 1" });
  await expect(row).toContainText("not yet");
  await expect(row).toBeVisible();
  const download = await takeList(page, "File 1");
  const questions = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\n");
  expect(questions.some((line) => line.startsWith(`${nina},`))).toBe(true);

  const put = page.getByRole("region", { name: "Upload answers" });
  const answer = async (text: string) => {
    await put.getByLabel("File with the answers").setInputFiles({
      name: "answer.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(text),
    });
    await put.getByRole("button", { name: "Send it" }).click();
  };
  await answer("<html><body>Sign in");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("answer.csv");
  await answer(
    questions.map((line) => `${line},${line.startsWith(nina) ? "yes" : "no"}\n`).join(""),
  );
  await expect(page.getByText("Answers uploaded")).toBeVisible();
  await expect(row).not.toContainText("not yet");
  await expect(row.getByRole("cell").nth(4)).toHaveText("1");
  await expectReadableAnywhere(page, "a query that was answered");
});

test("line types come from a workbook, and a reassigned number shuts the gate", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/registries/reassigned");
  const lines = page.getByRole("region", { name: "Line types" });
  await lines.getByLabel("Line type file").setInputFiles({
    name: "lines.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: await createWorkbook({
      Notes: [["What we know"]],
      Lines: [[phones.nina, "landline"]],
    }),
  });
  await lines.getByLabel("Sheet of the workbook").selectOption("Lines");
  await expectReadableAnywhere(page, "a sheet that is chosen");
  await lines.getByRole("button", { name: "Send it" }).click();
  await expect(page.getByText("Line types uploaded")).toBeVisible();

  await page.goto("/numbers");
  await find(page, phones.nina);
  await expect(verdict(page)).toContainText("Do not call");
  const whose = page.getByRole("region", { name: "Whose number" });
  await expect(whose).toContainText(/landlinelooked up .*yes: given up on .* or later/);
  await expectReadableAnywhere(page, "a number that is another's");
  await whose.getByRole("link", { name: "Nina Berg" }).click();
  await expect(page.getByRole("region", { name: /^Phones/ })).toContainText(/yes: given up on/);
  await expectReadableAnywhere(page, "the person who had it");
});

test("an auditor sees the queries but cannot make one", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/registries/reassigned");
  await expect(page.getByRole("button", { name: "Create query" })).toBeDisabled();
  await expect(page.getByLabel("File with the answers")).toHaveCount(0);
});
