import { expect } from "@playwright/test";
import { signedInPage, unfold } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

test("an owner adds a webhook, sees and rotates its secret, and replays failed deliveries", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "owner", "/endpoints");
  await expect(page.getByRole("link", { name: "Add an endpoint" })).toBeVisible();
  await page.goto("/endpoints/new", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByText("Enter a name of at most 100 visible characters.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("Dialer North");
  await page.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/hook");
  await page.getByRole("textbox", { name: "Purpose" }).fill("The dialer keeps its own list.");
  await unfold(page, "Events");
  await page.getByRole("checkbox", { name: "violations" }).check();
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByText("Enter an address that begins with https://")).toBeVisible();
  await page.getByRole("textbox", { name: "Address" }).fill("https://127.0.0.1:9/hook");
  await page.getByRole("button", { name: "Add webhook" }).click();

  await expect(page.getByText("Signing secret")).toBeVisible();
  const secret = await page.getByText(/^whsec_/).innerText();
  await page.getByRole("link", { name: "Open endpoint" }).click();
  await expect(page.getByRole("heading", { name: "Dialer North" })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await expectReadable(page);

  await page.getByRole("button", { name: "Replace secret" }).click();
  await expect(page.getByText(/^whsec_/)).not.toHaveText(secret);

  const optOut = await page.request.post("/api/trpc/optOut.record", {
    headers: { "sec-fetch-site": "same-origin" },
    data: { json: { phone: "+12145550133", channel: "agent" } },
  });
  expect(optOut.ok()).toBe(true);
  const answer = page.getByRole("row", { name: /opt-outs/ });
  await expect(async () => {
    await page.reload();
    await expect(answer).toContainText("private network", { timeout: 500 });
    await expect(page.getByText("unreachable")).toBeVisible({ timeout: 500 });
  }).toPass();

  await page.goto("/opt-outs");
  await expect(page.getByRole("row", { name: /\+1 214 555 0133/ })).toContainText(
    "not yet: the dialer has not received it",
  );
});

test("an owner disables an endpoint and enables it again", async ({ browser }) => {
  const page = await signedInPage(browser, "owner", "/endpoints");
  await page.getByRole("link", { name: "Dialer North" }).click();
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("disabled")).toBeVisible();
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByRole("button", { name: "Disable" })).toBeVisible();
});

test("an owner connects a VICIdial, and is told which input is wrong", async ({ browser }) => {
  const page = await signedInPage(browser, "owner");
  await page.goto("/endpoints/new", { waitUntil: "networkidle" });
  await page.getByRole("combobox", { name: "Type" }).selectOption("VICIdial");
  await page.getByRole("textbox", { name: "Name" }).fill("Call center");
  await page.getByRole("button", { name: "Connect" }).click();
  await expect(page.getByText("Enter up to four digits.")).toBeVisible();
  await page
    .getByRole("textbox", { name: "Address of the non-agent API" })
    .fill("https://dialer.example/vicidial/non_agent_api.php");
  await page.getByRole("textbox", { name: "User" }).fill("6666");
  await page.getByLabel("Password").fill("secret");
  await page.getByRole("textbox", { name: "Phone code of leads" }).fill("1");
  await page.getByRole("textbox", { name: "Purpose" }).fill("The dialer keeps its own list.");
  await page.getByRole("button", { name: "Connect" }).click();
  await expect(page.getByRole("heading", { name: "Call center" })).toBeVisible();
  await expect(page.getByText("VICIdial")).toBeVisible();
});

test("an owner has a file written by SFTP, and its secret is not shown again", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "owner");
  await page.goto("/endpoints/new", { waitUntil: "networkidle" });
  await page.getByRole("combobox", { name: "Type" }).selectOption("File over SFTP");
  await page.getByRole("button", { name: "Connect" }).click();
  await expect(page.getByText("Enter SHA256: followed by 43 characters.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("Files North");
  await page.getByRole("textbox", { name: "Server", exact: true }).fill("127.0.0.1");
  await page.getByRole("textbox", { name: "User" }).fill("ringfence");
  await page
    .getByRole("textbox", { name: "Host key fingerprint" })
    .fill(`SHA256:${"A".repeat(43)}`);
  await page.getByRole("textbox", { name: "Password or private key" }).fill("hunter22");
  await page.getByRole("textbox", { name: "File path" }).fill("/incoming/stop.csv");
  await page.getByRole("textbox", { name: "Purpose" }).fill("The dialer keeps its own list.");
  await unfold(page, "Advanced");
  await page.getByRole("textbox", { name: "Port" }).fill("9");
  await page
    .getByRole("combobox", { name: "How often" })
    .selectOption("Every day at midnight (UTC), if there are new opt-outs");
  await expect(page.getByText(/keeps calling until it is written and read/)).toBeVisible();
  await expectReadable(page);
  await page.getByRole("combobox", { name: "How often" }).selectOption("On every opt-out");
  await expect(page.getByText(/keeps calling until it is written and read/)).toHaveCount(0);
  await page.getByRole("button", { name: "Connect" }).click();

  await expect(page.getByRole("heading", { name: "Files North" })).toBeVisible();
  await expect(page.getByText("sftp://127.0.0.1:9")).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("private network")).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await page.content()).not.toContain("hunter22");
});

test("an owner changes the content of a file, and must give the secret again for another server", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "owner", "/endpoints");
  await page.getByRole("link", { name: "Files North" }).click();
  await page.getByRole("link", { name: "Change connection" }).click();
  await expect(page.getByRole("textbox", { name: "File path" })).toHaveValue("/incoming/stop.csv");
  await expect(page.getByRole("textbox", { name: "Password or private key" })).toHaveValue("");
  await expectReadable(page);
  await page.getByRole("textbox", { name: "Name" }).fill("Files South");
  await unfold(page, "Advanced");
  await page.getByRole("textbox", { name: "Port" }).fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/current one is not sent to another server/)).toBeVisible();
  await page.getByRole("textbox", { name: "Password or private key" }).fill("hunter23");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Files South" })).toBeVisible();
  await expect(page.getByText("sftp://127.0.0.1:10")).toBeVisible();
  expect(await page.content()).not.toMatch(/hunter2[23]/);
});

test("an officer sees endpoints, and is told who may change them", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/endpoints");
  await expect(page.getByRole("row", { name: /Dialer North/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add an endpoint" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});
