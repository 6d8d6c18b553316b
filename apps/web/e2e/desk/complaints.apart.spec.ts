import { expect } from "@playwright/test";
import { daysAgo, phones } from "../../testing/example-phones";
import { exampleGroup } from "../platform/example-group";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();

/** The day on which Dana was called last, by the clock of her place. */
const dayOfCall = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(
  daysAgo(42.001),
);

test("an officer takes a regulator's letter to an answer and a decision", async ({ browser }) => {
  test.slow();
  const page = await signedInPage(browser, "officer", "/complaints");
  await page.getByRole("link", { name: "New complaint" }).click();
  await page.getByRole("radio", { name: "From an authority" }).check();
  await page.getByLabel("Authority", { exact: true }).fill("Federal Trade Commission");
  await page.getByLabel("Its case number").fill("FTC-2026-118");
  await page.getByLabel("Answer due by").fill("2099-05-04");
  await page.getByRole("textbox", { name: "Phone" }).fill(phones.dana);
  await page.getByLabel("What does the person say?").fill("They called although I said no.");
  await page.getByLabel("Day of the call").fill(dayOfCall);
  await page.getByRole("radio", { name: "Yes" }).check();
  await expectReadable(page);
  await page.getByRole("button", { name: "Record the complaint" }).click();

  await expect(page.getByText("Answer by")).toContainText("2099");
  await expect(page.getByText("The day named by the authority.")).toBeVisible();
  const calls = page.getByRole("region", { name: "Calls it is about" });
  await expect(calls.getByRole("listitem").first()).toContainText("Example Bank");
  await calls.getByRole("button", { name: "Not this call" }).first().click();
  await expect(calls).toContainText("No call of ours to this person is on record");
  await calls.getByText("2 other calls to this person").click();
  await calls.getByRole("button", { name: "Link" }).first().click();
  await expect(calls.getByRole("button", { name: "Not this call" })).toBeVisible();

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
  await page.getByLabel("What is said against the decision?").fill("They ask for more.");
  await page.getByRole("button", { name: "Open again" }).click();
  await expect(page.getByText(/Another officer has to decide the appeal/)).toBeVisible();

  await page.goto("/complaints");
  const row = page.getByRole("row", { name: /They called although I said no/ });
  await expect(row).toContainText("Federal Trade Commission");
  await expect(row).toContainText("Appealed");
  await page.getByRole("combobox", { name: "Source" }).selectOption({ label: "Authority" });
  await expect(row).toBeVisible();
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
  await expect(
    page.getByText("Наших звонков этому человеку за это время не записано"),
  ).toBeVisible();
  await expect(page.getByText("152-FZ art. 20 part 1")).toBeVisible();
  await expect(page.getByLabel("Текст", { exact: true })).toHaveValue(
    /Наших звонков на этот номер/,
  );
  await expectReadable(page);
});
