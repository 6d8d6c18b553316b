export type ApiResponse = {
  status: number;
  answer: ReturnType<typeof JSON.parse>;
  headers: Headers;
};

/** Sends a request to an API. The body is sent as JSON unless `headers` say otherwise. */
export async function ask(
  url: string,
  authorization: string,
  body?: object | string,
  headers: Record<string, string> = {},
): Promise<ApiResponse> {
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization, ...(body && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    answer: isJson ? JSON.parse(text) : text,
    headers: response.headers,
  };
}
