/**
 * The kinds of entries that this check knows, with the names of the fields of their bodies: those that must be there end in "!".
 *
 * Written from docs/format/ and compared with it by tests/web/test_island_sources.py.
 */
const FIELDS: Readonly<Record<string, string>> = {
  actor: "names! type! description identifiers language translations",
  appeal: "origin! form! title! addressees! answers checkpoint documents draft form_file language made note requests sample senders signatures sites source statements succeeds text_seen",
  assessment: "site! assessor! window! condition! disturbances evidence extent language made_during method note original signed translations trend",
  audit: "call! tally! draw! auditor! nonce! drawn! asked! yes! no! silent! bounced! bad_at_most! bad_at_worst! method! destroyed duplicates paid_by signed",
  call: "titles! promoter! asks! opens! addressees closes conducted contact keep_until least modes note paid_by sealed_to sources texts",
  dispatch: "appeal! when! means! to! documents note receipt reference",
  draw: "call! auditor! size! committed! signed",
  endorsement: "call! wording! by! capacity! signed_on! evidence! language reservation retracted_on sample signed status",
  gathering: "names! level! sources! agenda identifiers note outcomes part_of place roles status window",
  invitation: "visit! invitee! category! channel! answer answered calendar consent evidence file sent",
  observation: "site! method! software! before! after! abstained acquisitions_after acquisitions_before changes figures findings first_changed last_unchanged orbit p_value parameters q_value scenes",
  opening: "entry! salt!",
  participation: "gathering! who! part! source! as_printed note represents spans status words_unattributed",
  policy: "name! origin! keys! balance colour contact description imprint language languages licence limits logo parties quorum region required_assessors sensitive_cell_degrees translations witnesses",
  reach: "month! logs! method! lists! left_out! views! views_low! least! counted countries countries_other database downloads downloads_other languages languages_other machines missing pages pages_other referrers referrers_other",
  reply: "appeal! sender! received! type! actor due note outcome reference source statements",
  site: "names! address countries description designated designations identifiers language location register sensitivity translations type",
  source: "title! address author captions captured cites_record created credit file file_name form language made_during media_type nature note origin published publisher rights signed sites size translations",
  statement: "source! content! manner! speaker! status! acts agrees_with clause cue cue_span disagrees_with figures file language locator made_during note places progress reader reported_via rule said signed sites spans speaker_span translations",
  study: "title! question! method! result! limits! software! citations files inputs language translations",
  tally: "call! wording! number! count! total! closed! method! closing countries domains elsewhere ended endings other refused sheet",
  undertaking: "statement! bound! what! due gathering measure sites",
  visit: "titles! hosts! purpose! window! funding! clearance conditions conducted embargo invited note organisers planned seen sources terms",
  withdrawal: "entry! reason!",
};

export const isKnownKind = (kind: string): boolean => Object.hasOwn(FIELDS, kind);

/** Whether a body has every field that its kind must have, and none that it has not. What a field may hold is not asked. */
export function hasFieldsOf(kind: string, body: Readonly<Record<string, unknown>>): boolean {
  const fields = FIELDS[kind].split(" ");
  const must = fields.filter((name) => name.endsWith("!")).map((name) => name.slice(0, -1));
  return must.every((name) => Object.hasOwn(body, name)) && Object.keys(body).every((name) => must.includes(name) || fields.includes(name));
}
