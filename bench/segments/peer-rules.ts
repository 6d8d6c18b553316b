/** Joins the first instant of a span of days, by each person's time zone. */
const asked = (days: number) => `JOIN day_start AS s ON s.zone = c.zone AND s.days_ago = ${days}`;

/** A bound that holds in every zone, so that the peer need not read what is outside of any. */
const recently = (days: number) =>
  `a.happened >= (SELECT min(happened) FROM day_start WHERE days_ago = ${days})`;

const profiled = `NOT EXISTS (FROM opt_out WHERE opt_out.contact = c.ordinal)`;

const covering = (alias: string, nodes: string, types: string) => `
  FROM consent_event AS ${alias}
  WHERE ${alias}.type IN (${types}) AND list_contains(${alias}.channels, 'voice_live')
    AND list_has_any(${alias}.purposes, [${nodes}])`;

const granted = (nodes: string) => `
  SELECT p.contact ${covering("e", nodes, "'granted', 'renewed'").replace("WHERE", "JOIN contact_phone AS p ON p.phone = e.phone WHERE")}
    AND (e.valid_until IS NULL OR e.valid_until > (SELECT happened FROM clock))
    AND NOT EXISTS (${covering("n", nodes, "'refused', 'withdrawn'")} AND n.phone = e.phone AND n.happened >= e.happened)
    AND NOT EXISTS (${covering("g", nodes, "'granted', 'renewed'")} AND g.phone = e.phone AND g.happened >= e.happened
      AND g.valid_until <= (SELECT happened FROM clock))`;

const ended = (nodes: string) => `
  SELECT p.contact ${covering("e", nodes, "'granted', 'renewed'").replace("WHERE", "JOIN contact_phone AS p ON p.phone = e.phone WHERE")}
    AND e.valid_until <= (SELECT happened FROM clock)
    AND NOT EXISTS (${covering("n", nodes, "'refused', 'withdrawn'")} AND n.phone = e.phone AND n.happened >= e.happened)
    AND NOT EXISTS (${covering("g", nodes, "'granted', 'renewed'")} AND g.phone = e.phone AND g.happened > e.happened
      AND (g.valid_until IS NULL OR g.valid_until > (SELECT happened FROM clock)))`;

const withdrawn = (nodes: string) => `
  SELECT p.contact ${covering("e", nodes, "'refused', 'withdrawn'").replace("WHERE", "JOIN contact_phone AS p ON p.phone = e.phone WHERE")}
    AND NOT EXISTS (${covering("g", nodes, "'granted', 'renewed'")} AND g.phone = e.phone AND g.happened > e.happened)`;

const top = (type: string, worth: string, percent: number) => `
  SELECT contact FROM (
    SELECT contact, rank() OVER (ORDER BY worth DESC) AS place, count(*) OVER () AS n
    FROM (SELECT contact, ${worth} AS worth FROM activity WHERE type = '${type}' GROUP BY contact))
  WHERE (place - 1) * 100 < ${percent} * n`;

const called = (days: number, outcome = "true") => `
  SELECT c.ordinal FROM call AS k JOIN contact_phone AS p ON p.phone = k.phone
    JOIN contact AS c ON c.ordinal = p.contact ${asked(days)}
  WHERE k.happened >= (SELECT min(happened) FROM day_start WHERE days_ago = ${days}) AND k.happened >= s.happened AND ${outcome}`;

const often = (type: string, days: number, count: number, condition = "true") => `
  SELECT a.contact FROM activity AS a JOIN contact AS c ON c.ordinal = a.contact ${asked(days)}
  WHERE a.type = '${type}' AND ${recently(days)} AND a.happened >= s.happened AND ${condition}
  GROUP BY a.contact HAVING count(*) >= ${count}`;

const count = (condition: string) =>
  `SELECT count(*) AS count FROM contact AS c WHERE ${condition}`;

/** The twelve rules as whoever knows DuckDB writes them, by their names. */
export const peerRules: Record<string, string> = {
  "garden-regulars":
    count(`c.city IN ('city-3','city-5','city-8','city-13','city-21','city-34','city-55')
    AND c.ordinal IN (${often("purchase", 90, 2, "a.category = 'garden'")})
    AND c.ordinal IN (SELECT contact FROM activity WHERE type = 'purchase' GROUP BY contact
      HAVING count(amount) > 0 AND sum(amount) >= 10000 * count(amount))
    AND c.ordinal NOT IN (${called(14)}) AND ${profiled}`),
  lapsed: count(`c.ordinal IN (SELECT c.ordinal
      FROM (SELECT contact, max(happened) AS latest, min(happened) AS earliest
        FROM activity WHERE type = 'purchase' GROUP BY contact) AS a
      JOIN contact AS c ON c.ordinal = a.contact ${asked(180)}
      JOIN day_start AS f ON f.zone = c.zone AND f.days_ago = 300
      WHERE latest < s.happened AND earliest < f.happened) AND ${profiled}`),
  "left-at-checkout": count(`c.ordinal IN (
      SELECT a.contact FROM activity AS a JOIN contact AS c ON c.ordinal = a.contact ${asked(30)}
      WHERE a.type = 'visit' AND ${recently(30)} AND a.happened >= s.happened AND (a.properties ->> 'page') = '/checkout'
        AND a.happened + INTERVAL 72 HOUR <= (SELECT happened FROM clock)
        AND NOT EXISTS (FROM activity AS b WHERE b.type = 'purchase' AND b.contact = a.contact AND b.happened > a.happened
          AND b.happened <= a.happened + INTERVAL 72 HOUR)) AND ${profiled}`),
  "best-customers-who-agreed": count(`c.ordinal IN (${top("purchase", "sum(amount)", 20)})
    AND c.ordinal IN (${granted("'marketing', 'marketing.loans'")}) AND ${profiled}`),
  "young-in-the-evening": count(`c.age BETWEEN 18 AND 29 AND c.region IN ('US-TX', 'US-IL')
    AND c.ordinal IN (SELECT contact FROM activity
      WHERE type = 'preference' AND (properties ->> 'topic') = 'time'
      GROUP BY contact HAVING arg_max((properties ->> 'value'), happened) IN ('evening'))`),
  "spent-in-half-a-year": count(`c.ordinal IN (
      SELECT a.contact FROM activity AS a JOIN contact AS c ON c.ordinal = a.contact ${asked(180)}
      WHERE a.type = 'purchase' AND ${recently(180)} AND a.happened >= s.happened
      GROUP BY a.contact HAVING sum(a.amount) >= 50000) AND ${profiled}`),
  "new-or-valued": count(`(c.tier IN ('gold', 'platinum')
      OR c.joined BETWEEN (SELECT today - 14 FROM today WHERE today.zone = c.zone)
        AND (SELECT today FROM today WHERE today.zone = c.zone)
      OR c.ordinal IN (SELECT c.ordinal FROM (
          SELECT contact, min(happened) AS happened FROM activity WHERE type = 'sign-up' GROUP BY contact) AS a
        JOIN contact AS c ON c.ordinal = a.contact ${asked(30)} WHERE a.happened >= s.happened)) AND ${profiled}`),
  "looks-and-does-not-buy": count(`c.ordinal IN (${often("visit", 30, 2)})
    AND c.ordinal NOT IN (${often("purchase", 180, 1)}) AND ${profiled}`),
  "consent-that-ended": count(
    `c.ordinal IN (${ended("'marketing'")} UNION ${withdrawn("'marketing'")})`,
  ),
  "recent-and-often": count(`c.ordinal IN (${top("purchase", "max(happened)", 25)})
    AND c.ordinal IN (${top("visit", "count(*)", 25)}) AND ${profiled}`),
  "accepted-and-called-often": count(`c.has_email
    AND c.ordinal IN (SELECT contact FROM activity
      WHERE type = 'call-outcome' AND (properties ->> 'outcome') = 'accepted')
    AND c.ordinal IN (${called(60, "k.outcome = 'reached'")}) AND ${profiled}`),
  "regulars-for-tools": count(`c.ordinal IN (SELECT contact FROM activity WHERE type = 'purchase'
      GROUP BY contact HAVING count(*) >= 3)
    AND c.ordinal IN (SELECT a.contact FROM activity AS a JOIN contact AS c ON c.ordinal = a.contact
        JOIN september AS s ON s.zone = c.zone
      WHERE a.type = 'purchase' AND a.happened >= (SELECT min(happened) FROM september) AND a.happened >= s.happened
        AND a.amount / 100 >= 50
        AND EXISTS (SELECT 1 FROM (SELECT unnest(from_json(a.properties -> 'items', '["JSON"]')) AS item)
          WHERE contains((item ->> 'name'), 'drill'))) AND ${profiled}`),
};
