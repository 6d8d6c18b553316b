import { faultsOf, say } from "@ringfence/core/message";
import { ExportSegment } from "@ringfence/core/segment";
import { exportSegment, type PersonShown } from "@ringfence/services/segment";
import { getTranslations } from "next-intl/server";
import { env } from "@/env";
import { answerMember } from "@/server/answer-member";
import { listAttachment } from "@/server/attachment";
import { phoneColumns } from "@/server/phone-columns";
import { isSameOrigin } from "@/server/same-origin";

type Context = RouteContext<"/api/segments/[segmentId]/people.csv">;

/** The people of a segment with their numbers, for a reason that goes on record first. */
export function POST(request: Request, { params }: Context) {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const form = await request.formData();
    const given = { ...(await params), reason: form.get("reason") ?? undefined };
    const asked = ExportSegment.safeParse(given);
    if (!asked.success) {
      const [fault] = faultsOf(asked.error, given);
      const message = fault && say(ctx.member.locale, fault.message);
      return Response.json({ message, path: fault?.path }, { status: 400 });
    }
    const { read } = await exportSegment(ctx, asked.data);
    const t = await getTranslations("segmentPeople");
    const words = await getTranslations("phoneColumns");
    const heads = { phone: words("phone"), others: words("others") };
    return listAttachment<PersonShown>(
      "segment.csv",
      [
        [t("externalId"), ({ externalId }) => externalId],
        [t("person"), ({ name }) => name],
        ...phoneColumns<PersonShown>(heads, ({ phones }) =>
          phones.flatMap(({ number }) => number ?? []),
        ),
      ],
      (after) => read(after ?? undefined),
    );
  });
}
