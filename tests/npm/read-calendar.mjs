// Print the events of calendar files as ical.js reads them: node read-calendar.mjs FILE …
import { readFileSync } from "node:fs"
import ICAL from "ical.js"

const read = (file) => {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")))
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone)
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component, { strictExceptions: true })
    return {
      uid: event.uid,
      sequence: event.sequence,
      changed: component.getFirstPropertyValue("last-modified").toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      summary: event.summary,
      location: event.location,
      description: event.description,
      url: component.getFirstPropertyValue("url"),
    }
  })
}

console.log(JSON.stringify(process.argv.slice(2).map(read)))
