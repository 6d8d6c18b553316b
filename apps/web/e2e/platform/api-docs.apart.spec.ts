import { expect } from "@playwright/test";
import { api } from "./demos";
import { test } from "./test";

test("the reference of the API runs under a policy without unsafe-inline", async ({ page }) => {
  const answer = await page.goto(`${api}/docs/`);
  expect(answer?.headers()["content-security-policy"]).not.toContain("unsafe");
  await page
    .getByRole("button", { name: /Test Request/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Send" }).first().click();
  await expect(page.getByText("200 OK")).toBeVisible();

  // A style sheet that was blocked has no rules. One of them comes with the editor that shows the answer.
  const sheets = await page.evaluate(() =>
    Array.from(document.querySelectorAll("style"), ({ sheet }) => sheet?.cssRules.length ?? 0),
  );
  expect(sheets).toHaveLength(4);
  expect(sheets).not.toContain(0);

  // The browser blocks the `style` attributes with which Scalar measures scroll bars and numbers lines of code.
  const messages = await page.consoleMessages({ filter: "all" });
  const errors = messages.filter((one) => one.type() === "error").map((one) => one.text());
  expect(errors.filter((text) => !/inline style.* style attributes/s.test(text))).toEqual([]);
  await page.clearConsoleMessages();
});
