import { json } from "node:stream/consumers";
import { serve } from "./serve.ts";

type Asked = { values?: string[]; id?: number; fields?: Record<string, unknown> };
type Card = { phone: string; fields: Record<string, unknown> };

/** The used methods of Bitrix24's REST API, at an incoming webhook, until the test ends. */
export async function aBitrix24() {
  const cards = { CONTACT: new Map<number, Card>(), LEAD: new Map<number, Card>() };
  const limit = { isReached: false };
  const { host } = await serve((request, response) => {
    void json(request).then((body) => {
      const { status, answer } = limit.isReached
        ? { status: 503, answer: { error: "QUERY_LIMIT_EXCEEDED" } }
        : call(request.url ?? "", body as Asked);
      return response.writeHead(status).end(JSON.stringify(answer));
    });
  });
  const findIds = (kind: keyof typeof cards, values: readonly string[]) =>
    [...cards[kind]].flatMap(([id, { phone }]) => (values.includes(phone) ? [id] : []));

  function call(path: string, { values = [], id = 0, fields }: Asked) {
    const [, method = ""] = /^\/rest\/1\/s3cret\/([\w.]+)\.json$/.exec(path) ?? [];
    if (method === "crm.duplicate.findbycomm") {
      const found = Object.entries({
        CONTACT: findIds("CONTACT", values),
        LEAD: findIds("LEAD", values),
      }).filter(([, ids]) => ids.length > 0);
      const result = found.length === 0 ? [] : Object.fromEntries(found);
      return { status: 200, answer: { result } };
    }
    const kind = method === "crm.contact.update" ? "CONTACT" : "LEAD";
    const card = cards[kind].get(id);
    if (card === undefined || !/^crm\.(contact|lead)\.update$/.test(method))
      return { status: 400, answer: { error: "", error_description: "Not found" } };
    Object.assign(card.fields, fields);
    return { status: 200, answer: { result: true } };
  }
  const settings = { url: `http://${host}/rest/1/s3cret/`, field: "UF_CRM_STOP" };
  return { host, settings, cards, limit };
}
