/** For tests: exports as the other programs write them, with invented figures. */
import { crc32 } from 'node:zlib';

/** Two days of a small site, all tables of Plausible's export. */
export const PLAUSIBLE: Record<string, string> = {
  'imported_visitors_20260101_20260102.csv': `"date","visitors","pageviews","bounces","visits","visit_duration"
"2026-01-01",40,120,10,50,3000
"2026-01-02",60,180,30,70,2100
`,
  'imported_sources_20260101_20260102.csv': `"date","source","referrer","utm_source","utm_medium","utm_campaign","utm_content","utm_term","pageviews","visitors","visits","visit_duration","bounces"
"2026-01-01","Google","google.com","","","","","",80,30,35,2000,5
"2026-01-01","Direct / None","","newsletter","email","january","","",40,10,15,1000,5
"2026-01-02","Google","https://www.google.com/search?q=secret","","","","","",180,60,70,2100,30
`,
  'imported_pages_20260101_20260102.csv': `"date","hostname","page","visits","visitors","pageviews","total_scroll_depth","total_scroll_depth_visits","total_time_on_page","total_time_on_page_visits"
"2026-01-01","nordlicht.example","/",50,40,70,2000,40,1400,40
"2026-01-01","nordlicht.example","/mail/jane@example.org?x=1",20,18,50,500,10,500,18
"2026-01-02","nordlicht.example","/",70,60,180,3000,60,1800,60
`,
  'imported_entry_pages_20260101_20260102.csv': `"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"
"2026-01-01","/",40,50,3000,10,120
"2026-01-02","/",60,70,2100,30,180
`,
  'imported_exit_pages_20260101_20260102.csv': `"date","exit_page","visitors","visit_duration","exits","bounces","pageviews"
"2026-01-01","/",40,3000,50,10,120
`,
  'imported_custom_events_20260101_20260102.csv': `"date","name","link_url","path","visitors","events"
"2026-01-01","Outbound Link: Click","https://www.example.org/shop?id=7","",12,15
"2026-01-01","File Download","https://nordlicht.example/suite.zip","",11,11
"2026-01-01","404","","/gone",14,20
"2026-01-01","Trial started","","",13,13
"2026-01-01","Nobody declared this","","",13,13
`,
  'imported_locations_20260101_20260102.csv': `"date","country","region","city","visitors","visits","visit_duration","bounces","pageviews"
"2026-01-01","DE","DE-HH",2911298,25,30,1800,6,70
"2026-01-01","DE","DE-BE",2950159,15,20,1200,4,50
"2026-01-02","AT","",0,60,70,2100,30,180
`,
  'imported_devices_20260101_20260102.csv': `"date","device","visitors","visits","visit_duration","bounces","pageviews"
"2026-01-01","Desktop",40,50,3000,10,120
"2026-01-02","Mobile",60,70,2100,30,180
`,
  'imported_browsers_20260101_20260102.csv': `"date","browser","browser_version","visitors","visits","visit_duration","bounces","pageviews"
"2026-01-01","Firefox","140.0",40,50,3000,10,120
"2026-01-02","Chrome","141.0",60,70,2100,30,180
`,
  'imported_operating_systems_20260101_20260102.csv': `"date","operating_system","operating_system_version","visitors","visits","visit_duration","bounces","pageviews"
"2026-01-01","Mac","15.1",40,50,3000,10,120
"2026-01-02","GNU/Linux","",60,70,2100,30,180
`,
};

/** An exploration of Google Analytics 4, with its head, its line of grand totals and its words for what is not known. */
export const GA4_COUNTRIES = `# ----------------------------------------
# Free form 1
# Nordlicht-Nordlicht
# 20251201-20251202
# ----------------------------------------

Date,Country,Views,Sessions,Total users,Engaged sessions,User engagement
,,230,110,95,80,4200
20251201,Germany,100,40,35,30,2000
20251201,(not set),30,20,15,10,200
20251202,United States,100,50,45,40,2000
`;

/** What the Data API gives. */
export const GA4_PAGES = `date,pagePathPlusQueryString,screenPageViews,sessions,totalUsers,userEngagementDuration
20251201,/start?utm_source=x,90,45,40,1800
20251202,/start,70,35,30,700
`;

/** A ZIP in which nothing is compressed (PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16). */
export function zipOf(files: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(text)];
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(path.length, 22);
    locals.push(Buffer.from('PK\u0003\u0004'), facts, path, bytes);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    centrals.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), facts, place, path);
    offset += 30 + path.length + bytes.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\u0005\u0006'), end]);
}
