"""The fonts of a drawing, Source Sans Pro under the SIL Open Font License (OFL.txt)."""
