import about from "../../../data/law/about.json" with { type: "json" };
import ru from "../../../data/law/ru.json" with { type: "json" };
import us from "../../../data/law/us.json" with { type: "json" };
import usFl from "../../../data/law/us-states/fl.json" with { type: "json" };
import usOk from "../../../data/law/us-states/ok.json" with { type: "json" };
import usMd from "../../../data/law/us-states/md.json" with { type: "json" };
import usWa from "../../../data/law/us-states/wa.json" with { type: "json" };
import usTx from "../../../data/law/us-states/tx.json" with { type: "json" };
import usNy from "../../../data/law/us-states/ny.json" with { type: "json" };
import usCt from "../../../data/law/us-states/ct.json" with { type: "json" };
import usNj from "../../../data/law/us-states/nj.json" with { type: "json" };
import usMa from "../../../data/law/us-states/ma.json" with { type: "json" };
import usVa from "../../../data/law/us-states/va.json" with { type: "json" };
import usOr from "../../../data/law/us-states/or.json" with { type: "json" };
import usAl from "../../../data/law/us-states/al.json" with { type: "json" };
import usLa from "../../../data/law/us-states/la.json" with { type: "json" };
import usMs from "../../../data/law/us-states/ms.json" with { type: "json" };
import usKy from "../../../data/law/us-states/ky.json" with { type: "json" };
import usMi from "../../../data/law/us-states/mi.json" with { type: "json" };
import usMn from "../../../data/law/us-states/mn.json" with { type: "json" };
import usNm from "../../../data/law/us-states/nm.json" with { type: "json" };
import usNv from "../../../data/law/us-states/nv.json" with { type: "json" };
import usRi from "../../../data/law/us-states/ri.json" with { type: "json" };
import usUt from "../../../data/law/us-states/ut.json" with { type: "json" };
import usPa from "../../../data/law/us-states/pa.json" with { type: "json" };
import usCo from "../../../data/law/us-states/co.json" with { type: "json" };
import usIn from "../../../data/law/us-states/in.json" with { type: "json" };
import usMo from "../../../data/law/us-states/mo.json" with { type: "json" };
import usTn from "../../../data/law/us-states/tn.json" with { type: "json" };
import usWy from "../../../data/law/us-states/wy.json" with { type: "json" };
import ca from "../../../data/law/ca.json" with { type: "json" };
import gb from "../../../data/law/gb.json" with { type: "json" };
import eu from "../../../data/law/eu.json" with { type: "json" };
import de from "../../../data/law/de.json" with { type: "json" };
import fr from "../../../data/law/fr.json" with { type: "json" };
import it from "../../../data/law/it.json" with { type: "json" };
import es from "../../../data/law/es.json" with { type: "json" };
import nl from "../../../data/law/nl.json" with { type: "json" };
import at from "../../../data/law/at.json" with { type: "json" };
import pl from "../../../data/law/pl.json" with { type: "json" };
import au from "../../../data/law/au.json" with { type: "json" };
import india from "../../../data/law/in.json" with { type: "json" };
import br from "../../../data/law/br.json" with { type: "json" };
import sg from "../../../data/law/sg.json" with { type: "json" };
import registries from "../../../data/law/registries.json" with { type: "json" };
import sources from "../../../data/law/sources.json" with { type: "json" };

/**
 * The law as its files in `data/law` say it: a file for each country and each state of the United States.
 * A new file is added here; a test finds one that is missing.
 */
export const lawDocument = {
  ...about,
  jurisdictions: [
    ru,
    us,
    usFl,
    usOk,
    usMd,
    usWa,
    usTx,
    usNy,
    usCt,
    usNj,
    usMa,
    usVa,
    usOr,
    usAl,
    usLa,
    usMs,
    usKy,
    usMi,
    usMn,
    usNm,
    usNv,
    usRi,
    usUt,
    usPa,
    usCo,
    usIn,
    usMo,
    usTn,
    usWy,
    ca,
    gb,
    eu,
    de,
    fr,
    it,
    es,
    nl,
    at,
    pl,
    au,
    india,
    br,
    sg,
  ],
  registries,
  sources,
};
