"""A company's own edition of the site, from one file: company.yml."""
