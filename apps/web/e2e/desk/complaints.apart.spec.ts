import { expect } from "@playwright/test";
import { recordDisposition } from "@ringfence/services/do-not-call/inbound";
import { daysAgo, phones } from "../../testing/example-phones";
import { exampleGroup } from "../platform/example-group";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage, installation, organizationId } = exampleGroup();

/** The day on which Dana was called last, by the clock of her place. */
const dayOfCall = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(
  daysAgo(42.001),
);

test("an officer records a regulator's letter, answers it and decides the complaint", async ({
  browser,
}) => {
  test.slow();
  const page = await signedInPage(browser, "officer", "/complaints");
  await page.getByRole("link", { name: "New complaint" }).click();
  await page.getByRole("radio", { name: "From a regulator" }).check();
  await page.getByLabel("Regulator", { exact: true }).fill("Federal Trade Commission");
  await page.getByLabel("Regulator’s case number").fill("FTC-2026-118");
  await page.getByLabel("Answer due by").fill("2099-05-04");
  await page.getByRole("textbox", { name: "Phone" }).fill(phones.dana);
  await page.getByLabel("What does the person say?").fill("They called although I said no.");
  await page.getByLabel("Day of the call").fill(dayOfCall);
  await page.getByRole("radio", { name: "Yes" }).check();
  await expectReadable(page);
  await page.getByRole("button", { name: "Record the complaint" }).click();

  await expect(page.getByText("Answer by")).toContainText("2099");
  await expect(page.getByText("Set by the regulator.")).toBeVisible();
  const calls = page.getByRole("region", { name: "Linked calls" });
  await expect(calls.getByRole("listitem").first()).toContainText("Example Bank");
  await calls.getByRole("button", { name: "Unlink" }).first().click();
  await expect(calls).toContainText("We have no record of calling this person");
  const history = page.getByRole("region", { name: "History" });
  const unlinked = history.getByRole("heading", { name: /^Unlinked the call of .*\d:\d\d/ });
  await expect(unlinked.getByRole("link")).toHaveAttribute("href", /^\/numbers\/[0-9a-f-]{36}$/);
  await calls.getByText("2 other calls to this person").click();
  await calls.getByRole("button", { name: "Link", exact: true }).first().click();
  await expect(calls.getByRole("button", { name: "Unlink" })).toBeVisible();

  await page.getByLabel("New task").fill("Listen to the recording");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Done: Listen to the recording" }).click();
  await expect(page.getByRole("button", { name: "Done: Listen to the recording" })).toHaveCount(0);

  await page.getByLabel("Template").selectOption({ label: "Call was a mistake" });
  const text = page.getByLabel("Text", { exact: true });
  await expect(text).toHaveValue(/your reference: FTC-2026-118/);
  await page.getByRole("button", { name: "Record the answer" }).click();
  await expect(page.getByText(/still has a gap/)).toBeVisible();
  await text.fill((await text.inputValue()).replaceAll("[…]", "We have stopped all calls."));
  await page.getByRole("button", { name: "Record the answer" }).click();
  await expect(page.getByText("Answered by letter")).toBeVisible();
  await expectReadable(page);

  await page.getByLabel("Reasons").fill("She had refused before the call.");
  await page.getByRole("button", { name: "Decide", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Decided: Upheld" })).toBeVisible();
  await page.getByLabel("Why is the decision being appealed?").fill("They ask for more.");
  await page.getByRole("button", { name: "Reopen" }).click();
  await expect(page.getByText(/Another officer has to decide the appeal/)).toBeVisible();

  await page.goto("/complaints");
  const row = page.getByRole("row", { name: /They called although I said no/ });
  await expect(row).toContainText("Federal Trade Commission");
  await expect(row).toContainText("Appealed");
  await page.getByRole("combobox", { name: "Source" }).selectOption({ label: "Regulator" });
  await expect(row).toBeVisible();
});

test("an officer records a message of the list of possible opt-outs as a complaint", async ({
  browser,
}) => {
  const { db, keys } = installation;
  const actor = { type: "job", name: "inbound" } as const;
  const ended = { system: "genesys", phone: phones.nina, code: "CUST_REMOVE" };
  await recordDisposition({ db, keys, organizationId: organizationId(), actor }, ended);

  const page = await signedInPage(browser, "officer", "/inbound");
  const message = page.getByRole("listitem").filter({ hasText: "genesys: CUST_REMOVE" });
  await message.getByRole("link", { name: "Complaint" }).click();
  await expect(page.getByRole("radio", { name: "By letter or e-mail" })).toBeChecked();
  const phone = page.getByRole("textbox", { name: "Phone" });
  expect((await phone.inputValue()).replaceAll(/[^+\d]/g, "")).toBe(
    phones.nina.replaceAll(/[^+\d]/g, ""),
  );
  await page.getByLabel("What does the person say?").fill("They were angry about the call.");
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Record the complaint" }).click();
  await expect(page.getByText("They were angry about the call.")).toBeVisible();
  await page.goto("/inbound");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(message).toHaveCount(0);
});

test("in Russian, an answer says that no call is on record", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/settings");
  await page.getByLabel("Language").selectOption("ru");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await page.goto("/complaints/new");
  await page.getByRole("radio", { name: "Письмом" }).check();
  await page.getByRole("textbox", { name: "Телефон" }).fill("+7 916 123-45-67");
  await page.getByLabel("Что говорит человек?").fill("Мне звонили ночью.");
  await page.getByRole("button", { name: "Записать жалобу" }).click();
  await expect(page.getByText("Звонков этому человеку за это время не записано")).toBeVisible();
  await expect(page.getByText("152-FZ art. 20 part 1")).toBeVisible();
  await expect(page.getByLabel("Текст", { exact: true })).toHaveValue(
    /Наших звонков на этот номер/,
  );
  await expectReadable(page);
});
