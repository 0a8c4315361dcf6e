"""Figures given to everybody: tables without small cells, their dictionary, licence and catalogue."""
