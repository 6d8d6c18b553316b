import { expect } from "@playwright/test";
import { signedInPage, unfold } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { postForList } from "../platform/take-list";
import { test } from "../platform/test";

test("an officer suppresses a number, finds it listed, and ends it with a reason", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/suppressions");
  await page.getByRole("link", { name: "Add a suppression" }).click();
  await page.getByRole("textbox", { name: "Phone" }).fill("(214) 555-0173");
  await expect(page.getByText("Read as +1 214 555 0173")).toBeVisible();
  await page.getByRole("radio", { name: /^Complaint under review/ }).check();
  await page.getByRole("button", { name: "Add suppression" }).click();
  await expect(page.getByText("Suppression added")).toBeVisible();
  await expectReadable(page);

  await page.getByRole("button", { name: "Add another" }).click();
  await page.getByRole("textbox", { name: "Phone" }).fill("214.555.0173");
  await page.getByRole("radio", { name: /^Complaint under review/ }).check();
  await page.getByRole("button", { name: "Add suppression" }).click();
  await expect(page.getByText("Already suppressed")).toBeVisible();

  await page.getByRole("link", { name: "All suppressions" }).click();
  const row = page.getByRole("row", { name: /\+1 214 555 0173/ });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Complaint under review");
  await expect(row).toContainText("no end date");
  await row.getByRole("button", { name: "End", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: "End this suppression?" });
  await dialog.getByLabel("Reason").selectOption({ label: "Recorded by mistake" });
  await expectReadable(page);
  await dialog.getByRole("button", { name: "End the suppression" }).click();
  await expect(row).toHaveCount(0);

  await page
    .getByRole("combobox", { name: "Status" })
    .selectOption({ label: "In force and ended" });
  await expect(row).toContainText("Ended");
  await page.goto("/audit");
  const ended = page.getByRole("row", { name: /ended a suppression/ }).first();
  await expect(ended).toContainText("recorded by mistake");
});

test("a suppression is found by its number, which appears in no address, and by its reason", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/suppressions/new");
  await page.getByRole("textbox", { name: "Phone" }).fill("(214) 555-0174");
  await page.getByRole("radio", { name: /^Known litigator/ }).check();
  await unfold(page, "From now on, no end date");
  await page.getByLabel(/^Until/).fill("2099-03-02T15:30");
  await page.getByRole("button", { name: "Add suppression" }).click();
  await page.getByRole("link", { name: "All suppressions" }).click();

  await page.getByRole("searchbox", { name: "Phone" }).fill("+1 214 555 0174");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/find=/);
  await expect(page).not.toHaveURL(/0174/);
  const row = page.getByRole("row", { name: /\+1 214 555 0174/ });
  await expect(row).toContainText("2 Mar 2099, 15:30");
  await page.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Deceased" });
  await expect(page.getByText("No suppressions found")).toBeVisible();
  await expectReadable(page);

  const list = await postForList(page, "/api/suppressions.csv?reason=litigator");
  expect(list.headers()["content-disposition"]).toContain("suppressions.csv");
  expect(await list.text()).toMatch(/^\uFEFFPhone,Reason,.*\r\n\+12145550174,Known litigator,/);
});

test("a suppression that would end before it begins is rejected with the reason", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/suppressions/new");
  await page.getByRole("textbox", { name: "Phone" }).fill("(214) 555-0175");
  await unfold(page, "Dates");
  await page.getByLabel(/^Until/).fill("2020-03-02T15:30");
  await page.getByRole("button", { name: "Add suppression" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("is before the start");
  await expectReadable(page);
});

test("an auditor sees the list and is told who may change it; an agent is told who may see it", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "auditor", "/suppressions");
  await expect(page.getByRole("button", { name: "Add a suppression" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(page.getByRole("button", { name: "End", exact: true }).first()).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expectReadable(page);

  const agent = await signedInPage(browser, "agent");
  expect((await agent.goto("/suppressions"))?.status()).toBe(403);
  await expect(
    agent.getByRole("group", { name: "You don’t have access to “Suppressions” as an agent." }),
  ).toBeVisible();
  expect((await postForList(agent, "/api/suppressions.csv")).status()).toBe(403);
});
