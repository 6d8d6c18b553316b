import type { Page } from "@playwright/test";
import { ConfirmationId } from "@ringfence/core/ids";
import { sendConfirmation } from "@ringfence/services/consents/confirmation";
import type { RootContext } from "@ringfence/services/context";
import { aForm } from "@ringfence/services/testing/forms";

/** Fills in a form that is confirmed by mail, and returns the path of the link in the mail. */
export async function submitFormAndTakeMailLink(ctx: RootContext, page: Page) {
  const confirmation = { means: "email", isAsked: true } as const;
  const { address } = await aForm(ctx, { confirmation, email: "required" });
  await page.goto(`/f/${address}`);
  await page.getByLabel("Your phone number").fill("+1 201 555 0123");
  await page.getByLabel("Your e-mail address").fill("ada@example.org");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "One step left" }).waitFor();

  const { organizationId, db } = ctx;
  const { id } = await db.prisma.confirmation.findFirstOrThrow({ where: { organizationId } });
  let path = "";
  const take = async ({ text }: { text: string }) => {
    path = /\/c\/[\w-]+/.exec(text)?.[0] ?? "";
  };
  const job = { ...ctx, actor: { type: "job", name: "confirmation.send" } as const };
  const way = { messageSender: { sms: take, email: take }, publicUrl: "https://rf.example" };
  await sendConfirmation({ ...job, ...way }, ConfirmationId.parse(id));
  return { path };
}
