import { ContactId } from "@ringfence/core/ids";
import { listContacts } from "@ringfence/services/desk/contact";
import { getTranslations } from "next-intl/server";
import { answerExport } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";
import { phoneColumns } from "@/server/csv";

type Contact = Awaited<ReturnType<typeof listContacts>>["items"][number];

export const POST = (request: Request) =>
  answerExport(request, "contacts", async (ctx) => {
    const [t, status] = await Promise.all([getTranslations("contacts"), getTranslations("status")]);
    const words = await getTranslations("phoneColumns");
    const heads = { phone: words("phone"), others: words("others") };
    return listAttachment<Contact>(
      "contacts.csv",
      [
        [t("externalId"), ({ externalId }) => externalId],
        [t("name"), ({ name }) => name],
        ...phoneColumns<Contact>(heads, ({ phones }) => phones.flatMap(({ e164 }) => e164 ?? [])),
        [t("region"), ({ addressRegion }) => addressRegion],
        [t("zone"), ({ zone }) => zone],
        [t("standing"), ({ standing }) => standing && status(standing)],
        [t("added", { zone: "UTC" }), ({ createdAt }) => createdAt],
      ],
      async (after) => {
        const page = { after: ContactId.safeParse(after).data, limit: 200 };
        const { items, next } = await listContacts(ctx, page);
        return { rows: items, next };
      },
    );
  });
